import { createContext, useContext } from 'react'
import type { Action } from '../api/types'
import type { Card } from './types'

/** What cards and columns ask of their board. It never changes, so that a card is drawn anew only when it changes. */
export interface BoardPart {
  /** Tells of a card's element, by which it can be dragged; returns what to do when it goes. */
  register: (id: string, element: HTMLElement) => () => void
  /** Tells what a card is by now. */
  know: (card: Card) => () => void
  openMenu: (id: string | null) => void
  choose: (card: Card, action: Action) => void
}

export const BoardContext = createContext<BoardPart | null>(null)

export function useBoardPart(): BoardPart {
  const part = useContext(BoardContext)
  if (!part) throw new Error('A card stands on a board.')
  return part
}
