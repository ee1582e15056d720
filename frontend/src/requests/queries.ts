import type { Query, QueryClient } from '@tanstack/react-query'
import { $api } from '../api/client'
import { ApiError } from '../api/problem'
import type { Comment, ListQuery, RequestDetail } from '../api/types'
import { type ListSearch, toCountQuery, toListQuery } from './listSearch'
import { detailPath, linksPath, listPaths, partPaths } from './paths'

interface Detail {
  request: RequestDetail
  comments: Comment[]
}

export function detailOptions(requestId: string) {
  return $api.queryOptions('get', detailPath, { params: { path: { request_id: requestId } } })
}

export function linksOptions(requestId: string) {
  return $api.queryOptions('get', linksPath, { params: { path: { request_id: requestId } } })
}

export function countOptions(search: ListSearch) {
  return $api.queryOptions('get', '/api/requests/counts', {
    params: { query: toCountQuery(search) },
  })
}

export function pageOptions(query: ListQuery, cursor: string | undefined) {
  return $api.queryOptions('get', '/api/requests', { params: { query: { ...query, cursor } } })
}

/** The first page is asked for as soon as the address is known. */
export function firstPageOptions(search: ListSearch) {
  return pageOptions(toListQuery(search), undefined)
}

const pathOf = ({ queryKey }: Query) => String(queryKey[1])

export function refreshLists(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ predicate: (query) => listPaths.includes(pathOf(query)) })
}

/** Everything that shows requests asks the server again. */
export function refreshRequest(client: QueryClient): Promise<void> {
  return client.invalidateQueries({
    predicate: (query) => pathOf(query).startsWith('/api/requests'),
  })
}

function updateDetail(client: QueryClient, id: string, change: (detail: Detail) => Detail) {
  const isWanted = ({ state }: Query) => (state.data as Detail | undefined)?.request.id === id
  client.setQueriesData<Detail>(
    { predicate: (query) => pathOf(query) === detailPath && isWanted(query) },
    (detail) => detail && change(detail),
  )
}

/** The server has told what the request is now. The rest that shows it asks again, while nobody waits. */
export function showRequest(client: QueryClient, request: RequestDetail): void {
  updateDetail(client, request.id, (detail) =>
    detail.request.version > request.version ? detail : { ...detail, request },
  )
  client.invalidateQueries({ predicate: (query) => partPaths.includes(pathOf(query)) })
  refreshLists(client)
}

export function showComment(client: QueryClient, comment: Comment): void {
  updateDetail(client, comment.requestId, (detail) => ({
    ...detail,
    comments: [...detail.comments.filter(({ id }) => id !== comment.id), comment],
  }))
}

/** The request as it is now, where it was refused because somebody else was quicker. */
export function currentOf(error: unknown): RequestDetail | null {
  if (!(error instanceof ApiError) || error.status !== 412) return null
  return (error.problem.request as RequestDetail | undefined) ?? null
}

export function ifMatch(version: number) {
  return { 'If-Match': `"${version}"` }
}
