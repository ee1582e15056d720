import { useMemo, useRef, useState } from 'react'
import { messageOf } from '../api/problem'
import type { Action, RequestDetail } from '../api/types'
import { useMove } from '../requests/useMove'
import { notifyError } from '../ui/notify'
import { type Moved, moving, nothingMoved, type Overlay, settled, stillMoved } from './overlay'
import type { BoardColumn, Card } from './types'

interface Given {
  columns: BoardColumn[]
  /** When the columns were given, or 0 while they are being asked for. */
  at: number
}

interface Outcome {
  onMoved: (card: Card) => void
  onRefused: (card: Card, why: string) => void
}

/** One's own moves, shown before the server says yes and taken back visibly when it says no. */
export function useOwnMoves(given: Given, { onMoved, onRefused }: Outcome) {
  const [overlay, setOverlay] = useState<Overlay>(nothingMoved)
  const [refused, setRefused] = useState<ReadonlyMap<string, number>>(new Map())
  const seen = useRef(new Map<string, Card>())
  const left = useMemo(() => stillMoved(overlay, given.columns, given.at), [overlay, given])
  if (left !== overlay) setOverlay(left)

  const put = (id: string, moved: Moved | null) =>
    setOverlay((before) => {
      const after = new Map(before)
      if (moved) after.set(id, moved)
      else after.delete(id)
      return after
    })
  const settle = (request: RequestDetail) => {
    const card: Card = request
    put(card.id, settled(card))
    onMoved(card)
  }
  const takeBack = (id: string, error: unknown) => {
    const card = seen.current.get(id)
    put(id, null)
    if (!card) return
    const why = messageOf(error)
    setRefused((before) => new Map(before).set(id, (before.get(id) ?? 0) + 1))
    notifyError(`${card.key} stays in ${card.status}. ${why}`)
    onRefused(card, why)
  }
  const { move } = useMove({
    onDone: settle,
    onRefused: (error, _isShown, id) => takeBack(id, error),
  })
  return {
    overlay: left,
    /** How often a move of this card was refused: each time marks it anew. */
    refused,
    settle,
    make(card: Card, action: Action) {
      seen.current.set(card.id, card)
      put(card.id, moving(card, action.to))
      move(card, action)
    },
  }
}
