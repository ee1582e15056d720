import { useState } from 'react'
import type { Request } from '../../api/types'
import { mostSelected, ranged, toggled } from './selection'

export interface Selection {
  /** The selected requests as they were last seen. */
  selected: ReadonlyMap<string, Request>
  /** A click, or a key, on the row at this place. */
  toggle: (index: number, isRange: boolean) => void
  toggleAll: (shown: Request[]) => void
  select: (requests: Request[]) => void
  clear: () => void
}

interface State {
  place: string
  selected: ReadonlyMap<string, Request>
  anchor: number | null
}

const none: ReadonlyMap<string, Request> = new Map()

/** Which rows are selected. Another list begins with none: what is not in view must not be changed by accident. */
export function useSelection(
  place: string,
  rowAt: (index: number) => Request | undefined,
): Selection {
  const [state, setState] = useState<State>({ place, selected: none, anchor: null })
  const { selected, anchor } = state.place === place ? state : { selected: none, anchor: null }
  const put = (next: ReadonlyMap<string, Request>, at: number | null = null) =>
    setState({ place, selected: next, anchor: at })
  return {
    selected,
    toggle(index, isRange) {
      const row = rowAt(index)
      if (isRange && anchor !== null) put(ranged(selected, anchor, index, rowAt), index)
      else if (row) put(toggled(selected, row), index)
    },
    toggleAll: (shown) => put(selected.size > 0 ? none : added(none, shown)),
    select: (requests) => put(added(selected, requests)),
    clear: () => put(none),
  }
}

function added(selected: ReadonlyMap<string, Request>, requests: Request[]) {
  const next = new Map(selected)
  for (const request of requests) {
    if (next.size < mostSelected) next.set(request.id, request)
  }
  return next
}
