import { useQueryClient } from '@tanstack/react-query'
import { $api } from '../api/client'
import { newKey, retriedSafely } from '../api/once'
import type { components } from '../api/schema'
import { type ListSearch, parseListSearch } from '../requests/listSearch'

export type View = components['schemas']['View']
type Query = components['schemas']['ViewQuery']

export function useViews(): View[] | undefined {
  return $api.useQuery('get', '/api/views', undefined, { staleTime: 60_000 }).data?.views
}

/** What a view keeps, without what is not set. */
export function toQuery(search: ListSearch): Query {
  return JSON.parse(JSON.stringify(search))
}

export function searchOf(view: View): ListSearch {
  return parseListSearch({ ...view.query })
}

export function isSame(one: ListSearch, other: ListSearch): boolean {
  const text = (search: ListSearch) => JSON.stringify(parseListSearch({ ...search }))
  return text(one) === text(other)
}

/** Makes, changes and deletes views; whatever shows them then shows what is so. */
export function useViewChanges() {
  const client = useQueryClient()
  const onSettled = () =>
    client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]) === '/api/views' })
  const create = $api.useMutation('post', '/api/views', { ...retriedSafely, onSettled })
  const edit = $api.useMutation('patch', '/api/views/{view_id}', { onSettled })
  const remove = $api.useMutation('delete', '/api/views/{view_id}', { onSettled })
  return {
    create: (view: { name: string; layout: View['layout']; query: Query; shared: boolean }) =>
      create.mutateAsync({ params: { header: { 'Idempotency-Key': newKey() } }, body: view }),
    edit: (id: string, changes: { name?: string; shared?: boolean; query?: Query }) =>
      edit.mutateAsync({ params: { path: { view_id: id } }, body: changes }),
    remove: (id: string) => remove.mutateAsync({ params: { path: { view_id: id } } }),
    isPending: create.isPending || edit.isPending || remove.isPending,
  }
}
