import { useEffect, useMemo, useRef, useState } from 'react'
import type { Status } from '../api/types'

export interface Point {
  x: number
  y: number
}

export interface DragHandlers {
  onStart: (id: string, at: Point) => void
  onMove: (at: Point, over: Status | null) => void
  /** `over` is null where the drag ended nowhere or was cancelled. */
  onEnd: (over: Status | null) => void
}

export interface Dragging {
  card: (id: string, element: HTMLElement) => () => void
  cancel: () => void
  stop: () => void
}

/**
 * Cards can be dragged as soon as the library for it is here; the board does not wait for that. Returned is what a card
 * tells of itself, and how to give up.
 */
export function useDragging(handlers: DragHandlers) {
  const latest = useRef(handlers)
  latest.current = handlers
  const cards = useRef(new Map<HTMLElement, { id: string; forget?: () => void }>())
  const dragging = useRef<Dragging | null>(null)
  const [isReady, setIsReady] = useState(false)

  useEffect(() => {
    let isGone = false
    import('./dragging').then(({ startDragging }) => {
      if (isGone) return
      const started = startDragging({
        onStart: (...told) => latest.current.onStart(...told),
        onMove: (...told) => latest.current.onMove(...told),
        onEnd: (...told) => latest.current.onEnd(...told),
      })
      dragging.current = started
      for (const [element, card] of cards.current) card.forget = started.card(card.id, element)
      setIsReady(true)
    })
    return () => {
      isGone = true
      dragging.current?.stop()
      dragging.current = null
    }
  }, [])

  const { card, cancel } = useMemo(
    () => ({
      /** To be told of each card's element; returns what to do when it goes. */
      card(id: string, element: HTMLElement) {
        cards.current.set(element, { id, forget: dragging.current?.card(id, element) })
        return () => {
          cards.current.get(element)?.forget?.()
          cards.current.delete(element)
        }
      },
      cancel: () => dragging.current?.cancel(),
    }),
    [],
  )
  return { card, cancel, isReady }
}
