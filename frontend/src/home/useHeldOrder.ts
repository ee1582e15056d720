import { type FocusEvent, type PointerEvent, useState } from 'react'
import type { Request } from '../api/types'
import { changesOfOrder, inOldOrder } from '../requests/heldOrder'

/**
 * Rows under the pointer or with the keyboard focus stay where they are: while either is in the list, only values
 * change, and a new order waits. `place` names what is listed; another list is shown at once.
 */
export function useHeldOrder<T extends Request>(fresh: T[], place: string) {
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const [shown, setShown] = useState({ place, rows: fresh, first: idsOf(fresh) })
  const take = () =>
    setShown(({ first, place: before }) => ({
      place,
      rows: fresh,
      first: before === place ? first : idsOf(fresh),
    }))
  const isHeld = (pointed || focused) && shown.place === place
  if (!isHeld && (shown.rows !== fresh || shown.place !== place)) take()
  return {
    rows: isHeld ? inOldOrder(shown.rows, fresh) : fresh,
    waiting: isHeld ? changesOfOrder(shown.rows, fresh) : 0,
    show() {
      setFocused(false)
      take()
    },
    /** Whether a row has come since the list was opened. */
    isNew: (id: string) => shown.place === place && !shown.first.has(id),
    hold: {
      onPointerOver: ({ pointerType, target }: PointerEvent) =>
        setPointed(pointerType === 'mouse' && !isHead(target)),
      onPointerLeave: () => setPointed(false),
      onFocus: ({ target }: FocusEvent) => setFocused(!isHead(target)),
      onBlur: () => setFocused(false),
    },
  }
}

/** Who has just sorted by a column still points at its head, and waits for the rows to move. */
function isHead(target: EventTarget): boolean {
  return target instanceof Element && target.closest('thead') !== null
}

function idsOf(requests: Request[]): ReadonlySet<string> {
  return new Set(requests.map(({ id }) => id))
}
