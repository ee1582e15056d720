import type { Priority, Status } from '../api/types'

export type Glyph =
  | 'ring'
  | 'half'
  | 'question'
  | 'quarter'
  | 'halfRight'
  | 'threeQuarters'
  | 'bubble'
  | 'pause'
  | 'check'
  | 'checkFilled'
  | 'again'
  | 'cross'
  | 'barred'

interface Look {
  glyph: Glyph
  hue: string
}

/** Shape first, hue second: how each status looks, in the order of a request's life. */
export const statusLooks: Record<Status, Look> = {
  Submitted: { glyph: 'ring', hue: 'var(--hue-open)' },
  'Feasibility Review': { glyph: 'half', hue: 'var(--hue-judging)' },
  'Information Needed': { glyph: 'question', hue: 'var(--hue-asked)' },
  'Resource Allocation': { glyph: 'quarter', hue: 'var(--hue-judging)' },
  'Engineering Review': { glyph: 'halfRight', hue: 'var(--hue-review)' },
  Discussion: { glyph: 'bubble', hue: 'var(--hue-talk)' },
  'In Progress': { glyph: 'threeQuarters', hue: 'var(--hue-working)' },
  'On Hold': { glyph: 'pause', hue: 'var(--hue-paused)' },
  Completed: { glyph: 'check', hue: 'var(--hue-done)' },
  'Revision Requested': { glyph: 'again', hue: 'var(--hue-again)' },
  Accepted: { glyph: 'checkFilled', hue: 'var(--hue-done)' },
  Denied: { glyph: 'cross', hue: 'var(--hue-refused)' },
  Cancelled: { glyph: 'barred', hue: 'var(--hue-open)' },
}

export const statuses = Object.keys(statusLooks) as Status[]
export const finalStatuses: readonly Status[] = ['Accepted', 'Denied', 'Cancelled']
export const openStatuses = statuses.filter((status) => !finalStatuses.includes(status))

export const priorityLevels: Record<Priority, number> = { High: 3, Medium: 2, Low: 1 }

export const priorities = Object.keys(priorityLevels) as Priority[]

export const vendorSuggestions = [
  'FANUC',
  'Siemens',
  'ABB',
  'KUKA',
  'Yaskawa',
  'Universal Robots',
  'Other',
]

export function isStatus(value: unknown): value is Status {
  return typeof value === 'string' && value in statusLooks
}
