import { notificationsPath } from '../notifications/paths'
import { detailPath, isRequestPath, listPaths } from '../requests/paths'

/** What the stream of the API tells. `version` is the request's after the change. */
export interface ChangeEvent {
  type: 'created' | 'changed' | 'commented' | 'gone'
  requestId: string
  key: string
  version: number
}

export type LiveEvent = ChangeEvent | { type: 'ready' } | { type: 'reset' }

interface Init {
  params?: { path?: { request_id?: string }; query?: { q?: string } }
}

export type QueryKey = readonly unknown[]

/** Whether a query may hold something else after this event. `cached` is what it holds now. */
export function isTouched(event: ChangeEvent, queryKey: QueryKey, cached?: unknown): boolean {
  const path = String(queryKey[1])
  const { params } = (queryKey[2] ?? {}) as Init
  // Whatever is heard of may be told of as well.
  if (path === notificationsPath) return true
  if (listPaths.includes(path)) return event.type !== 'commented' || Boolean(params?.query?.q)
  if (!isRequestPath(path)) return false
  const asked = params?.path?.request_id
  if (asked !== event.requestId && asked !== event.key) return false
  return !(path === detailPath && event.type === 'changed' && holds(cached, event.version))
}

/** One's own change, say: the answer to it has come before the event. */
function holds(cached: unknown, version: number): boolean {
  const held = (cached as { request?: { version?: number } } | undefined)?.request?.version
  return held !== undefined && held >= version
}
