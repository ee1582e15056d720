import type { Status } from '../api/types'

/** A column for the keyboard: what stands in it, and which of that is the first on screen. */
export interface Lane {
  status: Status
  ids: string[]
  first: number
}

export interface Spot {
  status: Status
  id: string
}

export type Step = 'up' | 'down' | 'left' | 'right' | 'top' | 'bottom'

/** The card that a step leads to; sideways it is the one at the same height in the next column that holds any. */
export function spotAfter(lanes: Lane[], from: Spot, step: Step): Spot | null {
  const at = lanes.findIndex(({ status }) => status === from.status)
  const lane = lanes[at]
  if (!lane) return null
  const row = lane.ids.indexOf(from.id)
  if (step === 'left' || step === 'right') {
    const beside = step === 'left' ? lanes.slice(0, at).reverse() : lanes.slice(at + 1)
    const next = beside.find(({ ids }) => ids.length > 0)
    return next ? spotAt(next, next.first + row - lane.first) : null
  }
  const rows = { up: row - 1, down: row + 1, top: 0, bottom: lane.ids.length - 1 }
  const to = spotAt(lane, rows[step])
  return to?.id === from.id ? null : to
}

function spotAt({ status, ids }: Lane, row: number): Spot | null {
  const id = ids[Math.max(0, Math.min(ids.length - 1, row))]
  return id === undefined ? null : { status, id }
}

/** The next of the choices in this direction, round at the end; the first or last where nothing is chosen. */
export function nextChoice<T>(choices: T[], now: T | null, direction: 1 | -1): T | null {
  if (choices.length === 0) return null
  const at = now === null ? -1 : choices.indexOf(now)
  if (at < 0) return (direction > 0 ? choices[0] : choices.at(-1)) ?? null
  return choices[(at + direction + choices.length) % choices.length] ?? null
}
