/**
 * What was typed, as a number where it is one. Anything else goes to the server as it is: only the
 * server says what a field may hold, and its answer stands at the field.
 */
export function toNumber(typed: string): number {
  const text = typed.trim()
  const number = Number(text)
  return text !== '' && Number.isFinite(number) ? number : (text as unknown as number)
}

/** As `12,345`. Not by Intl: the browser's tables of numbers take a phone a while at its first visit. */
export function countWords(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
