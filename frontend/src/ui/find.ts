/** The words of what was typed, without marks and capitals. */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

/** How well it fits: 0 not at all; every word typed begins a word of it; the label counts more than the rest. */
export function fitOf(typed: string, label: string, more = ''): number {
  const own = wordsOf(label)
  const others = wordsOf(more)
  let sum = 0
  for (const word of wordsOf(typed)) {
    const score =
      (own[0]?.startsWith(word) && 5) ||
      (own.some((one) => one.startsWith(word)) && 4) ||
      (others.some((one) => one.startsWith(word)) && 1) ||
      0
    if (score === 0) return 0
    sum += score
  }
  return sum || 1
}

/** Those that fit, the best first, else in their own order. */
export function fitting<T>(
  typed: string,
  all: readonly T[],
  textOf: (one: T) => [label: string, more?: string],
): T[] {
  return all
    .map((one) => ({ one, score: fitOf(typed, ...textOf(one)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ one }) => one)
}
