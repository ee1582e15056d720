import type { Action, Status } from '../api/types'
import { statuses } from '../requests/status'

interface Movable {
  status: Status
  actions: Action[]
}

/** What dropping a card on a column would do. `why` tells why it would do nothing. */
export interface Target {
  actions: Action[]
  why: string | null
}

export type Targets = ReadonlyMap<Status, Target>

/** For each column what the server offers there; the card's own column is left out. */
export function targetsOf({ status, actions }: Movable): Targets {
  const away = statuses.filter((one) => one !== status)
  return new Map(
    away.map((to) => {
      const leading = actions.filter((action) => action.to === to)
      const open = leading.filter((action) => action.allowed)
      const why = leading.find((action) => action.why)?.why ?? `No move leads here from ${status}.`
      return [to, { actions: open, why: open.length > 0 ? null : why }]
    }),
  )
}

/** The columns a card may be dropped on, in the order of the life. */
export function openTargets(targets: Targets): Status[] {
  return [...targets].filter(([, { why }]) => why === null).map(([status]) => status)
}

/** Whether the server needs to know more than where to. */
export function asksFirst(action: Action): boolean {
  return action.needsReason || action.name === 'assign'
}
