import { useState } from 'react'
import { usePointed } from '../ui/useHold'
import { type HeldCard, heldCards } from './held'
import type { Card } from './types'

interface Given {
  cards: Card[]
  all: ReadonlyMap<string, Card>
  own: { has(id: string): boolean }
  /** Held whatever the pointer does: one of its cards is being moved. */
  isHeld: boolean
}

/** While the mouse is over a column its cards keep their places; only what the person does themself is seen at once. */
export function useHeldCards({ cards, all, own, isHeld }: Given) {
  const { isPointed, handlers } = usePointed()
  const [shown, setShown] = useState(cards)
  const held = isPointed || isHeld
  const rows: HeldCard[] = held
    ? heldCards(shown, { fresh: cards, all, own })
    : cards.map((card) => ({ card, elsewhere: null }))
  const next = held ? withLoaded(shown, rows, cards) : cards
  if (next !== shown) setShown(next)
  return {
    rows,
    hold: handlers,
  }
}

/** What was scrolled for is no change by others: it is taken on at the end. */
function withLoaded(shown: Card[], rows: HeldCard[], cards: Card[]): Card[] {
  const last = shown.at(-1)
  const end = last ? cards.findIndex(({ id }) => id === last.id) : -1
  const more = end >= 0 ? cards.slice(end + 1) : []
  const kept = rows.map(({ card }) => card)
  const places = new Set(kept.map(({ id }) => id))
  const added = more.filter(({ id }) => !places.has(id))
  const isSame =
    added.length === 0 &&
    kept.length === shown.length &&
    kept.every((card, at) => card.id === shown[at]?.id)
  return isSame ? shown : [...kept, ...added]
}
