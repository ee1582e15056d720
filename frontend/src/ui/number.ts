/**
 * What was typed, as a number where it is one. Anything else goes to the server as it is: only the
 * server says what a field may hold, and its answer stands at the field.
 */
export function toNumber(typed: string): number {
  const text = typed.trim()
  const number = Number(text)
  return text !== '' && Number.isFinite(number) ? number : (text as unknown as number)
}
