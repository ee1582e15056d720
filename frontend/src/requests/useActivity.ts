import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../api/client'
import type { Activity } from '../api/types'
import { activityPath } from './paths'

export function activityOptions(requestId: string) {
  return infiniteQueryOptions({
    queryKey: ['get', activityPath, { params: { path: { request_id: requestId } } }],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const params = { path: { request_id: requestId }, query: { cursor: pageParam } }
      const { data } = await api.GET(activityPath, { params, signal })
      return data ?? { activity: [] as Activity[], nextCursor: null }
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
}

/** The log of a request, newest first, as far as it was loaded. */
export function useActivity(requestId: string) {
  const query = useInfiniteQuery(activityOptions(requestId))
  const log = useMemo(() => query.data?.pages.flatMap((page) => page.activity) ?? [], [query.data])
  return { query, log }
}
