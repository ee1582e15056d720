/** What is typed between the key that opens the palette and its field's focus, while the palette is still fetched. */
let typed: string | null = null

function onKeyDown(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey, altKey, isComposing } = event
  if (typed === null || isComposing || ctrlKey || metaKey || altKey) return
  if (key === 'Backspace') typed = typed.slice(0, -1)
  else if (key.length === 1) typed += key
  // Esc goes on closing; anything else is for the palette, and for nothing behind it.
  else if (key !== 'Enter') return
  event.preventDefault()
  event.stopImmediatePropagation()
}

export function beginTypeAhead(): void {
  typed = ''
  window.addEventListener('keydown', onKeyDown, { capture: true })
}

/** What was typed so far; from now on keys go where the focus is. */
export function endTypeAhead(): string {
  const early = typed ?? ''
  typed = null
  window.removeEventListener('keydown', onKeyDown, { capture: true })
  return early
}
