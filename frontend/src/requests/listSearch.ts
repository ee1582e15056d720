import type { CountQuery, ListQuery, Priority, Status } from '../api/types'
import { isStatus, priorityLevels } from './status'

export const sortFields = ['key', 'title', 'status', 'priority', 'createdAt', 'updatedAt'] as const
export type SortField = (typeof sortFields)[number]

/** What the list shows, exactly as it stands in the address. */
export interface ListSearch {
  q?: string
  status?: Status[]
  priority?: Priority[]
  vendor?: string[]
  assignedTo?: string[]
  createdBy?: string[]
  sort?: string
  cursor?: string
  /** Only says how far down the list this page is; the cursor decides what is on it. */
  page?: number
}

export const filterFields = ['status', 'priority', 'vendor', 'assignedTo', 'createdBy'] as const

export const pageSize = 50
const defaultSort = '-createdAt'

function texts(value: unknown): string[] {
  const all = [value].flat().filter((one) => typeof one === 'string' && one.trim() !== '')
  return [...new Set(all as string[])]
}

function filled<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined
}

/** Reads an address leniently: what nobody could have meant is left out rather than refused. */
export function parseListSearch(raw: Record<string, unknown>): ListSearch {
  const [q] = texts(raw.q)
  const [sort] = texts(raw.sort)
  const [cursor] = texts(raw.cursor)
  const page = Number(raw.page)
  return {
    q,
    status: filled(texts(raw.status).filter(isStatus)),
    priority: filled(texts(raw.priority).filter((one) => one in priorityLevels) as Priority[]),
    vendor: filled(texts(raw.vendor)),
    assignedTo: filled(texts(raw.assignedTo)),
    createdBy: filled(texts(raw.createdBy)),
    sort:
      sort && (sortFields as readonly string[]).includes(sort.replace(/^-/, '')) ? sort : undefined,
    cursor,
    page: cursor && Number.isInteger(page) && page > 1 ? page : undefined,
  }
}

export function toCountQuery(search: ListSearch): CountQuery {
  const { q, status, priority, vendor, assignedTo, createdBy } = search
  return { q, status, priority, vendor, assignedTo, createdBy }
}

export function toListQuery(search: ListSearch): ListQuery {
  return {
    ...toCountQuery(search),
    sort: search.sort ?? defaultSort,
    cursor: search.cursor,
    limit: pageSize,
  } as ListQuery
}

export function isFiltered(search: ListSearch): boolean {
  return Boolean(search.q) || filterFields.some((field) => search[field])
}

/** Another filter or order begins at the first page again: a cursor belongs to one order. */
export function changed(search: ListSearch, change: Partial<ListSearch>): ListSearch {
  return parseListSearch({ ...search, ...change, cursor: undefined, page: undefined })
}

export function sortOf(search: ListSearch): { field: SortField; descending: boolean } {
  const sort = search.sort ?? defaultSort
  return { field: sort.replace(/^-/, '') as SortField, descending: sort.startsWith('-') }
}

/** A click on a column sorts by it, a second click turns the order round. */
export function toggledSort(search: ListSearch, field: SortField): string | undefined {
  const now = sortOf(search)
  const startsDescending = field !== 'title' && field !== 'status'
  const descending = now.field === field ? !now.descending : startsDescending
  const sort = `${descending ? '-' : ''}${field}`
  return sort === defaultSort ? undefined : sort
}
