import { type QueryClient, useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { $api } from '../api/client'
import type { paths } from '../api/schema'
import { useKept } from '../requests/list/useKept'
import { timelinePath } from '../requests/paths'
import { isSame, type Loaded, type Page } from './loaded'

type Query = NonNullable<paths[typeof timelinePath]['get']['parameters']['query']>

/** Live changes make a page old at once; by itself it only grows old with the day. */
const FRESH_FOR = 60_000

function pageOptions(query: Query, cursor: string | undefined) {
  return $api.queryOptions('get', timelinePath, { params: { query: { ...query, cursor } } })
}

/** Page after page from the first: as many as are wanted, and as far as they are known to go. */
function chained(client: QueryClient, query: Query, wanted: number) {
  const asked = [pageOptions(query, undefined)]
  for (;;) {
    const last = asked.at(-1)
    const next = last && client.getQueryData<Page>(last.queryKey)?.nextCursor
    if (!next || asked.length >= wanted) return asked
    asked.push(pageOptions(query, next))
  }
}

/**
 * The engineers who were asked for so far, page by page. A page that may be old is asked for again while it is near
 * what is seen, and otherwise waits until it comes near. What is shown changes at once, when all of it has come.
 */
export function useEngineers(query: Query) {
  const client = useQueryClient()
  const [wanted, want] = useKept('engineers', JSON.stringify(query), 1)
  const [near, setNear] = useState<ReadonlySet<number>>(new Set())
  const [held, hold] = useState<Loaded[]>([])
  const asked = chained(client, query, wanted)
  const results = useQueries({
    queries: asked.map((options, at) => ({
      ...options,
      staleTime: FRESH_FOR,
      enabled: ({ state }: { state: { data: unknown } }) =>
        state.data === undefined || near.has(at),
    })),
  })
  const loaded = results.flatMap(({ data, dataUpdatedAt }) =>
    data ? [{ page: data, at: dataUpdatedAt }] : [],
  )
  if (loaded.length === results.length && !isSame(loaded, held)) hold(loaded)
  const failed = results.find(({ isError }) => isError)
  const first = results[0]
  const last = results.at(-1)
  const hasNothing = first?.isError && !first.data
  return {
    loaded: hasNothing ? [] : held.length > 0 ? held : loaded,
    /** Some of it waits to be near, and may be otherwise by now. */
    isOld: asked.some(
      ({ queryKey }, at) => !near.has(at) && client.getQueryState(queryKey)?.isInvalidated,
    ),
    error: failed?.error ?? null,
    isFetching: failed?.isFetching ?? false,
    retry: () => failed?.refetch(),
    isLoadingMore: results.length > 1 && !last?.data && !last?.isError,
    hasFailedMore: results.length > 1 && last?.isError === true,
    more: () => {
      if (last?.isError) last.refetch()
      else want(() => results.length + 1)
    },
    onNear: useCallback((at: number, isNear: boolean) => {
      setNear((before) => {
        if (before.has(at) === isNear) return before
        return new Set(isNear ? [...before, at] : [...before].filter((one) => one !== at))
      })
    }, []),
  }
}
