import { useState } from 'react'
import type { Request } from '../api/types'
import { changesOfOrder, inOldOrder } from '../requests/heldOrder'
import { useHold } from '../ui/useHold'

/**
 * Rows under the pointer or with the keyboard focus stay where they are: while either is in the list, only values
 * change, and a new order waits. `place` names what is listed; another list is shown at once.
 */
export function useHeldOrder<T extends Request>(fresh: T[], place: string) {
  const hold = useHold()
  const [shown, setShown] = useState({ place, rows: fresh, first: idsOf(fresh) })
  const take = () =>
    setShown(({ first, place: before }) => ({
      place,
      rows: fresh,
      first: before === place ? first : idsOf(fresh),
    }))
  const isHeld = hold.isHeld && shown.place === place
  if (!isHeld && (shown.rows !== fresh || shown.place !== place)) take()
  return {
    rows: isHeld ? inOldOrder(shown.rows, fresh) : fresh,
    waiting: isHeld ? changesOfOrder(shown.rows, fresh) : 0,
    show() {
      hold.letGo()
      take()
    },
    /** Whether a row has come since the list was opened. */
    isNew: (id: string) => shown.place === place && !shown.first.has(id),
    hold: hold.handlers,
  }
}

function idsOf(requests: Request[]): ReadonlySet<string> {
  return new Set(requests.map(({ id }) => id))
}
