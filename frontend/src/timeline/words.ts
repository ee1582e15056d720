import type { components } from '../api/schema'

type Basis = components['schemas']['Basis']

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

export function dayWords(time: number | string): string {
  return day.format(new Date(time))
}

const bases: Record<Basis, string> = {
  started: 'Begun, ends by its estimate',
  overdue: 'Overdue: should be done by its estimate',
  planned: 'Planned by its estimate',
  assumed: 'Without an estimate, as if it took 8 hours',
  unknown: 'Cannot be told',
}

export function basisWords(basis: string): string {
  return basis in bases ? bases[basis as Basis] : basis
}

/** The last day of work: an end at midnight is the evening before. */
export function spanWords(start: string, end: string): string {
  const first = dayWords(start)
  const last = dayWords(Math.max(Date.parse(start), Date.parse(end) - 1))
  return first === last ? first : `${first} to ${last}`
}
