import type { CountQuery, ListQuery, Priority, Status } from '../api/types'
import { isFieldFilter } from './fieldFilters'
import { isStatus, priorityLevels } from './status'

export const sortFields = [
  'key',
  'title',
  'status',
  'priority',
  'createdAt',
  'updatedAt',
  'dueDate',
  'statusSince',
  'estimatedHours',
  'completedAt',
  'urgency',
] as const
/** A field of the simulation data, as orders and columns name it. */
export type FieldName = `field:${string}`
export type SortField = (typeof sortFields)[number] | FieldName

const fieldName = /^field:[a-z][a-z0-9_]{0,39}$/

export function isFieldName(text: string): text is FieldName {
  return fieldName.test(text)
}

export const groupFields = ['status', 'priority', 'vendor', 'assignedTo', 'createdBy'] as const
export type GroupField = (typeof groupFields)[number]

/** What a list can show beside key and title, in the order in which it stands. */
export const columnNames = [
  'status',
  'waitsFor',
  'priority',
  'vendor',
  'createdBy',
  'assignedTo',
  'estimatedHours',
  'dueDate',
  'revisions',
  'statusSince',
  'startedAt',
  'completedAt',
  'createdAt',
  'updatedAt',
] as const
export type ColumnName = (typeof columnNames)[number]
export type AnyColumn = ColumnName | FieldName

/** As many fields as the API tells with each request. */
const mostFields = 20

export const waiters = ['me', 'manager', 'engineer', 'requester'] as const
export type Waiter = (typeof waiters)[number]

/** Which requests are meant. List, board, timeline, counts, charts and export share these. */
export interface Filters {
  q?: string
  status?: Status[]
  priority?: Priority[]
  vendor?: string[]
  tag?: string[]
  assignedTo?: string[]
  createdBy?: string[]
  waitsFor?: Waiter[]
  createdFrom?: string
  createdTo?: string
  completedFrom?: string
  completedTo?: string
  statusBefore?: string
  statusThen?: Status[]
  asOf?: string
  /** Days, `2026-12-01`; the second is the first that is not meant. */
  dueFrom?: string
  dueTo?: string
  overdue?: boolean
  watching?: boolean
  firstTimeRight?: boolean
  /** Ids. */
  studyType?: string[]
  /** Values of simulation data: `payload:100..200 kg`, `station:40R`. */
  field?: string[]
}

/** What list, board and timeline show, exactly as it stands in the address. */
export interface ListSearch extends Filters {
  sort?: string
  group?: GroupField
  /** Those that every request has, in their order, then fields as they were chosen. */
  columns?: AnyColumn[]
}

export const pageSize = 100
const defaultSort = '-createdAt'

function texts(value: unknown): string[] {
  const all = [value].flat().filter((one) => typeof one === 'string' && one.trim() !== '')
  return [...new Set(all as string[])]
}

function filled<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined
}

function among<T extends string>(value: unknown, known: readonly T[]): T[] | undefined {
  return filled(texts(value).filter((one): one is T => (known as readonly string[]).includes(one)))
}

function moment(value: unknown): string | undefined {
  const [text] = texts(value)
  return text && !Number.isNaN(Date.parse(text)) ? text : undefined
}

function day(value: unknown): string | undefined {
  const [text] = texts(value)
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? moment(text) : undefined
}

function either(value: unknown): boolean | undefined {
  return { true: true, false: false }[String(value)]
}

/** Reads filters leniently: what nobody could have meant is left out rather than refused. */
export function parseFilters(raw: Record<string, unknown>): Filters {
  const then = filled(texts(raw.statusThen).filter(isStatus))
  const asOf = moment(raw.asOf)
  return {
    q: texts(raw.q)[0],
    status: filled(texts(raw.status).filter(isStatus)),
    priority: filled(texts(raw.priority).filter((one) => one in priorityLevels) as Priority[]),
    vendor: filled(texts(raw.vendor)),
    tag: filled(texts(raw.tag)),
    assignedTo: filled(texts(raw.assignedTo)),
    createdBy: filled(texts(raw.createdBy)),
    waitsFor: among(raw.waitsFor, waiters),
    createdFrom: moment(raw.createdFrom),
    createdTo: moment(raw.createdTo),
    completedFrom: moment(raw.completedFrom),
    completedTo: moment(raw.completedTo),
    statusBefore: moment(raw.statusBefore),
    // Each means something only with the other.
    statusThen: asOf ? then : undefined,
    asOf: then ? asOf : undefined,
    dueFrom: day(raw.dueFrom),
    dueTo: day(raw.dueTo),
    overdue: either(raw.overdue),
    watching: either(raw.watching),
    firstTimeRight: either(raw.firstTimeRight),
    studyType: filled(texts(raw.studyType)),
    field: filled(texts(raw.field).filter(isFieldFilter)),
  }
}

export function parseListSearch(raw: Record<string, unknown>): ListSearch {
  const [sort] = texts(raw.sort)
  const by = sort?.replace(/^-/, '')
  const isSort = by && ((sortFields as readonly string[]).includes(by) || isFieldName(by))
  return {
    ...parseFilters(raw),
    sort: isSort ? sort : undefined,
    group: among(raw.group, groupFields)?.[0],
    columns: filled(inOrder(texts(raw.columns))),
  }
}

/** The columns among these, in the order in which they stand. */
export function inOrder(names: readonly string[]): AnyColumn[] {
  const fields = names.filter(isFieldName).slice(0, mostFields)
  return [...columnNames.filter((name) => names.includes(name)), ...fields]
}

/** The filters alone, as the API takes them, with nothing that is not set. */
export function filtersOf(search: ListSearch): Filters {
  const set = Object.entries(parseFilters({ ...search })).filter(([, value]) => value !== undefined)
  return Object.fromEntries(set)
}

export function toCountQuery(search: ListSearch): CountQuery {
  return filtersOf(search) as CountQuery
}

/** The list's query but for the cursor, which each page has its own of. */
export function toListQuery(search: ListSearch): ListQuery {
  const sort = search.sort ?? defaultSort
  const fields = search.columns?.filter(isFieldName).map((name) => name.slice('field:'.length))
  return {
    ...filtersOf(search),
    sort,
    limit: pageSize,
    ...(fields?.length && { fields }),
  } as ListQuery
}

export function isFiltered(search: ListSearch): boolean {
  return Object.keys(filtersOf(search)).length > 0
}

export function changed(search: ListSearch, change: Partial<ListSearch>): ListSearch {
  return parseListSearch({ ...search, ...change })
}

/** What is shown of the requests stays; which ones are meant does not. */
export function withoutFilters({ sort, group, columns }: ListSearch): ListSearch {
  return parseListSearch({ sort, group, columns })
}

export function sortOf(search: ListSearch): { field: SortField; descending: boolean } {
  const sort = search.sort ?? defaultSort
  return { field: sort.replace(/^-/, '') as SortField, descending: sort.startsWith('-') }
}

/** A click on a column sorts by it, a second click turns the order round. */
export function toggledSort(search: ListSearch, field: SortField): string | undefined {
  const now = sortOf(search)
  const startsDescending = !['title', 'status', 'dueDate'].includes(field)
  const descending = now.field === field ? !now.descending : startsDescending
  const sort = `${descending ? '-' : ''}${field}`
  return sort === defaultSort ? undefined : sort
}
