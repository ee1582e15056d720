import { type FocusEvent, useCallback, useEffect, useRef, useState } from 'react'
import type { Status } from '../api/types'
import { statuses } from '../requests/status'
import { keepFocus } from '../ui/focus'
import { type Lane, type Spot, type Step, spotAfter } from './steps'
import type { BoardColumn } from './types'

export interface Wanted extends Spot {
  times: number
}

/** Which card Tab stops at, and where the focus is to go next; there is one stop on the whole board. */
export function useBoardFocus(columns: BoardColumn[], isOpen: (status: Status) => boolean) {
  const [spot, setSpot] = useState<Spot | null>(null)
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const lanes = useRef(new Map<Status, () => Lane>())
  const times = useRef(0)
  const isInside = useRef(false)

  const want = useCallback((to: Spot) => {
    times.current += 1
    setSpot(to)
    setWanted({ ...to, times: times.current })
  }, [])
  const onLane = useCallback((status: Status, lane: (() => Lane) | null) => {
    if (lane) lanes.current.set(status, lane)
    else lanes.current.delete(status)
  }, [])
  const current = () => statuses.flatMap((status) => lanes.current.get(status)?.() ?? [])

  // A card that had the focus may be moved or hidden by others: reading goes on where it went, or beside it.
  useEffect(() => {
    if (!spot || wanted || !isInside.current || document.activeElement !== document.body) return
    isInside.current = false
    const now = columns.find(({ cards }) => cards.some(({ id }) => id === spot.id))
    if (now && isOpen(now.status)) want({ status: now.status, id: spot.id })
    else keepFocus()
  })
  const first = columns.find(({ status, cards }) => cards.length > 0 && isOpen(status))
  const id = first?.cards[0]?.id
  return {
    stop: spot ?? (first && id ? { status: first.status, id } : null),
    wanted,
    want,
    onLane,
    step(from: string, direction: Step) {
      const all = current()
      const lane = all.find(({ ids }) => ids.includes(from))
      const to = lane && spotAfter(all, { status: lane.status, id: from }, direction)
      if (to) want(to)
    },
    /** The card that stands below, or above at the end, for when this one goes away. */
    beside(from: string): Spot | null {
      const lane = current().find(({ ids }) => ids.includes(from))
      const at = lane?.ids.indexOf(from) ?? -1
      const id = lane?.ids[at + 1] ?? lane?.ids[at - 1]
      return lane && id ? { status: lane.status, id } : null
    },
    handlers: {
      onFocus({ target }: FocusEvent) {
        const id = target.closest<HTMLElement>('[data-card]')?.dataset.card
        const status = target.closest<HTMLElement>('[data-column]')?.dataset.column as Status
        isInside.current = id !== undefined
        if (id && status) setSpot({ status, id })
        setWanted(null)
      },
      onBlur() {
        isInside.current = false
      },
    },
  }
}
