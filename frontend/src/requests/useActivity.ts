import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../api/client'
import type { Activity } from '../api/types'

const path = '/api/requests/{request_id}/activity'

/** The log of a request, newest first, as far as it was loaded. */
export function useActivity(requestId: string) {
  const query = useInfiniteQuery({
    queryKey: ['get', path, { params: { path: { request_id: requestId } } }],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const params = { path: { request_id: requestId }, query: { cursor: pageParam } }
      const { data } = await api.GET(path, { params, signal })
      return data ?? { activity: [] as Activity[], nextCursor: null }
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  const log = useMemo(() => query.data?.pages.flatMap((page) => page.activity) ?? [], [query.data])
  return { query, log }
}
