import type { Status } from '../api/types'
import type { BoardColumn, Card } from './types'

/**
 * A move of one's own that the board shows before what it was given does. Given again with at least the version
 * `until`, or at all after the server's answer has come (`settledAt`), the board needs no such help any more.
 */
export interface Moved {
  card: Card
  until: number
  settledAt: number | null
}

export type Overlay = ReadonlyMap<string, Moved>

export const nothingMoved: Overlay = new Map()

/** A move that the server has not answered yet. Nobody can tell what may be done after it. */
export function moving(card: Card, to: Status, now = new Date()): Moved {
  const there = { ...card, status: to, statusSince: now.toISOString(), actions: [] }
  return { card: there, until: card.version + 1, settledAt: null }
}

export function settled(card: Card, now = Date.now()): Moved {
  return { card, until: card.version, settledAt: now }
}

function isKnown(moved: Moved, given: Card | undefined, givenAt: number): boolean {
  if (given) return given.version >= moved.until
  return moved.settledAt !== null && givenAt > moved.settledAt
}

/** What of the overlay still says something that the columns do not. */
export function stillMoved(overlay: Overlay, columns: BoardColumn[], givenAt: number): Overlay {
  if (overlay.size === 0) return overlay
  const given = cardsById(columns)
  const left = [...overlay].filter(([id, moved]) => !isKnown(moved, given.get(id), givenAt))
  return left.length === overlay.size ? overlay : new Map(left)
}

/** The columns as they are once these moves are made: cards stand in their new place, and the counts follow. */
export function withMoves(columns: BoardColumn[], overlay: Overlay, sort: string): BoardColumn[] {
  if (overlay.size === 0) return columns
  return columns.map((column) => {
    const leaving = column.cards.filter(({ id }) => overlay.has(id))
    const coming = [...overlay.values()].filter(({ card }) => card.status === column.status)
    if (leaving.length === 0 && coming.length === 0) return column
    const staying = column.cards.filter(({ id }) => !overlay.has(id))
    const cards = coming.reduce((all, { card }) => inserted(all, card, sort), staying)
    return { ...column, cards, count: column.count - leaving.length + coming.length }
  })
}

type Rank = (card: Card) => string | number

const levels = { Low: 1, Medium: 2, High: 3 }
const ranks: Record<string, Rank> = {
  priority: ({ priority }) => levels[priority],
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
  title: ({ title }) => title.toLowerCase(),
}

/** The place in the order of the column. Among equals a card comes first: it is what was just touched. */
function inserted(cards: Card[], card: Card, sort: string): Card[] {
  const rank = ranks[sort.replace(/^-/, '')]
  const turn = sort.startsWith('-') ? -1 : 1
  const own = rank?.(card) ?? 0
  const isAfter = (other: Card) => {
    const its = rank?.(other) ?? 0
    return its === own || its > own === turn > 0
  }
  const at = cards.findIndex(isAfter)
  return at < 0 ? [...cards, card] : cards.toSpliced(at, 0, card)
}

export function cardsById(columns: BoardColumn[]): ReadonlyMap<string, Card> {
  return new Map(columns.flatMap(({ cards }) => cards.map((card) => [card.id, card])))
}
