import { keepPreviousData } from '@tanstack/react-query'
import { $api } from '../api/client'
import type { Request } from '../api/types'
import { type Card, firstOf } from './cards'
import { homePath } from './paths'
import type { Filters } from './types'

/** So long in one status is stuck. */
export const STUCK_DAYS = 7

export function useHome() {
  return $api.useQuery('get', homePath, { params: { query: { stuckDays: STUCK_DAYS } } })
}

/** The load of every engineer, asked for by who wants to see it. */
export function useWholeLoad(isWanted: boolean) {
  const query = { stuckDays: STUCK_DAYS, wholeLoad: true }
  return $api.useQuery('get', homePath, { params: { query } }, { enabled: isWanted })
}

export interface Result<T> {
  data?: T[]
  error: unknown
  isPending: boolean
  isFetching: boolean
  refetch: () => void
}

/** The beginning of a list; asked for once it is known which. */
export function useFirst(
  filters: Filters | undefined,
  sort: string,
  limit: number,
): Result<Request> {
  const query = $api.useQuery(
    'get',
    '/api/requests',
    { params: { query: { ...filters, sort, limit } as object } },
    { enabled: filters !== undefined, placeholderData: keepPreviousData },
  )
  return { ...query, data: query.data?.requests }
}

/** The same, the urgent ones first, with what the person may do about each. */
export function useCards(filters: Filters | undefined, limit: number) {
  const query = $api.useQuery(
    'get',
    '/api/requests/board',
    { params: { query: { ...filters, sort: 'urgency', limit } as object } },
    { enabled: filters !== undefined, placeholderData: keepPreviousData },
  )
  const columns = query.data?.columns
  return {
    ...query,
    data: columns && firstOf(columns as { cards: Card[] }[], limit),
    count: columns?.reduce((sum, { count }) => sum + count, 0) ?? 0,
  }
}
