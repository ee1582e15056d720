import type { Action, Request, User } from '../api/types'
import { priorityLevels } from '../requests/status'

/** A request with what the person may do about it. */
export interface Card extends Request {
  actions: Action[]
}

/** What is urgent comes first, and among that what has waited longest; as the API orders each column. */
function byUrgency(one: Request, other: Request): number {
  return (
    priorityLevels[other.priority] - priorityLevels[one.priority] || numberOf(one) - numberOf(other)
  )
}

function numberOf({ key }: Request): number {
  return Number(key.replace(/^\D+/, ''))
}

/** The first of all columns together: each holds its own first ones, in that order. */
export function firstOf(columns: { cards: Card[] }[], limit: number): Card[] {
  return columns
    .flatMap(({ cards }) => cards)
    .sort(byUrgency)
    .slice(0, limit)
}

/** Who has the ball, in words; nobody for what is over. */
export function holderOf(request: Request, me: User): string | null {
  const { waitsFor, assignedTo, assignedToName, createdBy, createdByName } = request
  if (waitsFor === 'manager') return 'with a manager'
  const holder =
    waitsFor === 'requester' ? [createdBy, createdByName] : [assignedTo, assignedToName]
  if (!waitsFor) return null
  return holder[0] === me.id ? 'with you' : `with ${holder[1] ?? 'an engineer'}`
}
