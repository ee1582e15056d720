import type { QueryClient } from '@tanstack/react-query'
import { $api } from '../api/client'
import { detailPath, listPaths } from './paths'

export function detailOptions(requestId: string) {
  return $api.queryOptions('get', detailPath, {
    params: { path: { request_id: requestId } },
  })
}

export function refreshLists(client: QueryClient): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey }) => listPaths.includes(String(queryKey[1])),
  })
}

/** After a write: everything that shows this request asks the server again. */
export function refreshRequest(client: QueryClient): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/requests'),
  })
}
