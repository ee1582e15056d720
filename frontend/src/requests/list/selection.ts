import type { Request } from '../../api/types'

/** What the API changes in one call. */
export const mostSelected = 500

type Selected = ReadonlyMap<string, Request>

export function toggled(selected: Selected, request: Request): Selected {
  const next = new Map(selected)
  if (!next.delete(request.id) && next.size < mostSelected) next.set(request.id, request)
  return next
}

/** Everything between the row that was clicked before and this one; what has not been loaded is left out. */
export function ranged(
  selected: Selected,
  anchor: number,
  index: number,
  rowAt: (index: number) => Request | undefined,
): Selected {
  const next = new Map(selected)
  const step = index < anchor ? -1 : 1
  for (let at = anchor; at !== index + step && next.size < mostSelected; at += step) {
    const row = rowAt(at)
    if (row) next.set(row.id, row)
  }
  return next
}
