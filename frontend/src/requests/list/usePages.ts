import { type QueryClient, useQueries, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { Request } from '../../api/types'
import { type ListSearch, toListQuery } from '../listSearch'
import { pageOptions } from '../queries'
import { type Cursors, keyOf, type PageOf, reachable, type Section, withCursor } from './sections'
import { useKept } from './useKept'

interface Page {
  requests: Request[]
  nextCursor: string | null
}

/** Pages out of sight that stay in memory, so that a little scrolling back shows rows at once. */
const SPARE = 12

const combine = (results: { data: Page | undefined; error: unknown }[]) => ({
  pages: results.map(({ data }) => data),
  error: results.find(({ error }) => error)?.error ?? null,
})

/** Loads the pages that are in view, and no others; `wanted` may lie beyond what can be reached in one step. */
export function usePages(sections: Section[], wanted: PageOf[], search: ListSearch, place: string) {
  const client = useQueryClient()
  const [cursors, setCursors] = useKept<Cursors>('cursors', place, {})
  const asked = reachable(wanted, cursors)
  const queries = asked.map(({ id, page }) => {
    const filters = sections.find((section) => section.id === id)?.filters
    const cursor = page > 0 ? cursors[id]?.[page - 1] : null
    return pageOptions(
      toListQuery({ ...filters, sort: search.sort, columns: search.columns }),
      cursor ?? undefined,
    )
  })
  const { pages, error } = useQueries({ queries, combine })
  const name = asked.map(keyOf).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `name` says what `asked` holds.
  const loaded = useMemo(
    () => new Map(asked.map((one, index) => [keyOf(one), pages[index]?.requests])),
    [name, pages],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: `name` says what `asked` holds.
  useEffect(() => {
    setCursors((before) =>
      asked.reduce((known, one, index) => {
        const page = pages[index]
        return page ? withCursor(known, one, page.nextCursor) : known
      }, before),
    )
    forgetOldest(client)
  }, [name, pages])
  return { loaded, error }
}

/** A long scroll would keep every row in memory for minutes. */
function forgetOldest(client: QueryClient): void {
  const unused = client
    .getQueryCache()
    .findAll({ queryKey: ['get', '/api/requests'], type: 'inactive' })
    .sort((one, other) => other.state.dataUpdatedAt - one.state.dataUpdatedAt)
  for (const query of unused.slice(SPARE)) client.getQueryCache().remove(query)
}
