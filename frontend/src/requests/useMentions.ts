import { $api } from '../api/client'
import type { Mentions } from '../markdown/mentions'

/** What the texts of a request mention, as far as this person may see it. */
export function useMentions(requestId: string): Mentions | undefined {
  const params = { path: { request_id: requestId } }
  return $api.useQuery('get', '/api/requests/{request_id}/mentions', { params }).data
}
