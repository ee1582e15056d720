import { $api } from '../api/client'
import type { ListQuery } from '../api/types'
import { type ListSearch, toCountQuery, toListQuery } from './listSearch'

export function pageOptions(query: ListQuery, cursor: string | undefined) {
  return $api.queryOptions('get', '/api/requests', { params: { query: { ...query, cursor } } })
}

/** The first page is asked for as soon as the address is known. */
export function firstPageOptions(search: ListSearch) {
  return pageOptions(toListQuery(search), undefined)
}

export function countOptions(search: ListSearch) {
  return $api.queryOptions('get', '/api/requests/counts', {
    params: { query: toCountQuery(search) },
  })
}
