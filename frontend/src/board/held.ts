import type { Card } from './types'

export interface HeldCard {
  card: Card
  /** Where it stands by now, according to others, while it is still shown here. */
  elsewhere: string | null
}

interface Now {
  /** The column as it is now. */
  fresh: Card[]
  /** Every card on the board. */
  all: ReadonlyMap<string, Card>
  /** Cards that the person themself has moved: they come and go at once. */
  own: { has(id: string): boolean }
}

/**
 * A column that somebody points at: its cards stay where they are, with the values of now. What others put there or
 * take away waits until the pointer has gone.
 */
export function heldCards(shown: Card[], { fresh, all, own }: Now): HeldCard[] {
  const here = new Map(fresh.map((card) => [card.id, card]))
  const kept = shown.flatMap((card): HeldCard[] => {
    const still = here.get(card.id)
    if (still) return [{ card: still, elsewhere: null }]
    if (own.has(card.id)) return []
    const now = all.get(card.id)
    return [{ card: now ?? card, elsewhere: now?.status ?? 'no longer here' }]
  })
  const places = new Set(shown.map(({ id }) => id))
  for (const [place, card] of fresh.entries()) {
    if (own.has(card.id) && !places.has(card.id)) kept.splice(place, 0, { card, elsewhere: null })
  }
  return kept
}
