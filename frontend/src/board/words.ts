import type { Status } from '../api/types'
import { openTargets, type Targets } from './targets'
import type { Card } from './types'

/** What a screen reader says about moving a card. */
export const words = {
  lifted({ key, status }: Card, targets: Targets): string {
    const open = openTargets(targets)
    if (open.length === 0) return `${key} cannot be moved from ${status} by you.`
    return `${key} picked up from ${status}. It can go to ${open.join(', ')}. Choose with the arrow keys, drop with Enter, cancel with Escape.`
  },
  over(status: Status, targets: Targets): string {
    const open = openTargets(targets)
    return `${status}, ${open.indexOf(status) + 1} of ${open.length}.`
  },
  cancelled: ({ key, status }: Card) => `${key} stays in ${status}.`,
  closed: (why: string) => `Not possible. ${why}`,
  moving: ({ key }: Card, to: Status) => `Moving ${key} to ${to}.`,
  moved: ({ key, status }: Card) => `${key} is now in ${status}.`,
  refused: ({ key, status }: Card, why: string) =>
    `${key} was not moved and stays in ${status}. ${why}`,
}
