import { momentOf } from './days'
import { fieldNames, labelFromName, valuesOf, valueWords, withValues } from './fieldFilters'
import type { Filters } from './listSearch'
import { statuses } from './status'

/** Each filter as people think of it; some are two fields of the query. */
export const filterNames = [
  'status',
  'priority',
  'vendor',
  'tag',
  'assignedTo',
  'createdBy',
  'waitsFor',
  'watching',
  'overdue',
  'due',
  'created',
  'completed',
  'statusBefore',
  'thenStatus',
  'firstTimeRight',
  'studyType',
] as const
type FixedName = (typeof filterNames)[number]
/** The filter for one field of the simulation data. */
export type FieldFilterName = `field:${string}`
export type FilterName = FixedName | FieldFilterName

export function isOfField(name: string): name is FieldFilterName {
  return name.startsWith('field:')
}

function fieldOf(name: FieldFilterName): string {
  return name.slice('field:'.length)
}

const fieldsOf: Record<FixedName, (keyof Filters)[]> = {
  status: ['status'],
  priority: ['priority'],
  vendor: ['vendor'],
  tag: ['tag'],
  watching: ['watching'],
  overdue: ['overdue'],
  due: ['dueFrom', 'dueTo'],
  assignedTo: ['assignedTo'],
  createdBy: ['createdBy'],
  waitsFor: ['waitsFor'],
  created: ['createdFrom', 'createdTo'],
  completed: ['completedFrom', 'completedTo'],
  statusBefore: ['statusBefore'],
  thenStatus: ['statusThen', 'asOf'],
  firstTimeRight: ['firstTimeRight'],
  studyType: ['studyType'],
}

export const filterLabels: Record<FixedName, string> = {
  status: 'Status',
  priority: 'Priority',
  vendor: 'Vendor',
  tag: 'Tag',
  assignedTo: 'Engineer',
  createdBy: 'Requester',
  waitsFor: 'Waits for',
  watching: 'Watching',
  overdue: 'Overdue',
  due: 'Due date',
  created: 'Created',
  completed: 'Completed',
  statusBefore: 'In its status since',
  thenStatus: 'Status at a time',
  firstTimeRight: 'First time right',
  studyType: 'Type of study',
}

/** Knows people, types of study and, as `field:payload`, fields. */
export type NameOf = (id: string) => string | undefined

export function labelOf(name: FilterName, nameOf: NameOf): string {
  if (!isOfField(name)) return filterLabels[name]
  return nameOf(name) ?? labelFromName(fieldOf(name))
}

export function activeFilters(filters: Filters): FilterName[] {
  const isSet = (name: FixedName) => fieldsOf[name].some((field) => filters[field] !== undefined)
  const ofFields = fieldNames(filters.field).map((name): FieldFilterName => `field:${name}`)
  return [...filterNames.filter(isSet), ...ofFields]
}

/** What takes this filter away. */
export function cleared(name: FilterName, filters: Filters): Partial<Filters> {
  if (isOfField(name)) return { field: withValues(filters.field, fieldOf(name), []) }
  return Object.fromEntries(fieldsOf[name].map((field) => [field, undefined]))
}

export const waiterWords = {
  me: 'me',
  manager: 'a manager',
  engineer: 'its engineer',
  requester: 'its requester',
}

interface Words {
  /** What the sentence is about, and what it says. */
  lead: string
  value: string
}

const personWords: Record<string, string> = { me: 'me', none: 'nobody' }

/** A filter as a sentence that somebody may read aloud. `nameOf` knows the people. */
export function chipWords(
  name: FilterName,
  filters: Filters,
  nameOf: NameOf,
  now = new Date(),
): Words {
  const names = (ids: string[] = []) => ids.map((id) => personWords[id] ?? nameOf(id) ?? '…')
  if (isOfField(name)) {
    const values = valuesOf(filters.field, fieldOf(name))
    const said = values.map((value) => valueWords(value, (from, to) => daysWords(from, to, now)))
    return { lead: `${labelOf(name, nameOf)} is`, value: oneOf(said) }
  }
  switch (name) {
    case 'assignedTo':
      return { lead: 'Assigned to', value: oneOf(names(filters.assignedTo), 'people') }
    case 'createdBy':
      return { lead: 'Requested by', value: oneOf(names(filters.createdBy), 'people') }
    case 'waitsFor':
      return { lead: 'Waits for', value: oneOf(filters.waitsFor?.map((one) => waiterWords[one])) }
    case 'studyType':
      return { lead: 'Type of study is', value: oneOf(names(filters.studyType)) }
    case 'watching':
      return { lead: 'Watched', value: filters.watching ? 'by me' : 'by others or nobody' }
    case 'overdue':
      return { lead: 'Is', value: filters.overdue ? 'overdue' : 'not overdue' }
    case 'due': {
      const [from, to] = [filters.dueFrom, filters.dueTo].map((day) => momentOf(day ?? ''))
      return { lead: 'Due', value: spanWords(from, to, now) }
    }
    case 'created':
      return { lead: 'Created', value: spanWords(filters.createdFrom, filters.createdTo, now) }
    case 'completed':
      return {
        lead: 'Completed',
        value: spanWords(filters.completedFrom, filters.completedTo, now),
      }
    case 'statusBefore':
      return { lead: 'In its status since before', value: dayWords(filters.statusBefore, now) }
    case 'thenStatus':
      return {
        lead: 'Was',
        value: `${oneOf(lifeOrder(filters.statusThen))} on ${dayWords(filters.asOf, now)}`,
      }
    case 'firstTimeRight':
      return {
        lead: 'Accepted',
        value: filters.firstTimeRight ? 'the first time' : 'after a revision',
      }
    case 'status':
      return { lead: 'Status is', value: oneOf(lifeOrder(filters.status)) }
    default:
      return { lead: `${filterLabels[name]} is`, value: oneOf(filters[name]) }
  }
}

function lifeOrder(chosen: readonly string[] = []): string[] {
  return statuses.filter((status) => chosen.includes(status))
}

const MOST_NAMED = 3

function oneOf(values: readonly string[] = [], noun = ''): string {
  if (values.length > MOST_NAMED) return `any of ${values.length}${noun && ` ${noun}`}`
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(values)
}

function isMidnight(time: Date): boolean {
  return time.getHours() + time.getMinutes() + time.getSeconds() + time.getMilliseconds() === 0
}

function formatFor(now: Date, times: Date[], withTime = false) {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(times.some((time) => time.getFullYear() !== now.getFullYear()) && { year: 'numeric' }),
    ...(withTime && { hour: '2-digit', minute: '2-digit' }),
  })
}

function dayWords(iso: string | undefined, now: Date): string {
  const time = new Date(iso ?? '')
  return Number.isNaN(time.getTime()) ? '' : formatFor(now, [time]).format(time)
}

/** Days of the calendar, the last counted in. */
function daysWords(from: string, to: string, now: Date): string {
  if (from && to) return spanWords(momentOf(from), momentOf(to, 1), now)
  return from
    ? `${dayWords(momentOf(from), now)} or later`
    : `${dayWords(momentOf(to), now)} or earlier`
}

/** The API's spans end before their second moment: one that ends at midnight ends with the day before. */
export function spanWords(from: string | undefined, to: string | undefined, now: Date): string {
  const times = [from, to].map((iso) => (iso === undefined ? undefined : new Date(iso)))
  const [start, end] = times
  const given = times.filter((time) => time !== undefined)
  const inDays = given.every(isMidnight)
  if (start && end) {
    const last = inDays ? new Date(end.getFullYear(), end.getMonth(), end.getDate() - 1) : end
    if (last < start) return 'never'
    return formatFor(now, [start, last], !inDays).formatRange(start, last).replaceAll('\u2009', '')
  }
  const format = formatFor(now, given, !inDays)
  if (start) return `since ${format.format(start)}`
  return end ? `before ${format.format(end)}` : ''
}
