/** Puts a text where the caret is, as if typed: it can be undone, and React hears of it. */
export function insertText(field: HTMLTextAreaElement, text: string, from?: number): void {
  field.focus()
  if (from !== undefined) field.setSelectionRange(from, field.selectionEnd)
  // The only way that keeps the field's own undo; where it is gone, the text comes all the same.
  if (document.execCommand('insertText', false, text)) return
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
