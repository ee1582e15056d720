/** The API's paths as they stand in the keys of queries. */
export const detailPath = '/api/requests/{request_id}'
export const activityPath = '/api/requests/{request_id}/activity'
export const linksPath = '/api/requests/{request_id}/links'
/** What a move or an edit may change beside the request itself. */
export const partPaths: readonly string[] = [
  activityPath,
  '/api/requests/{request_id}/form',
  '/api/requests/{request_id}/criteria',
]
export const boardPath = '/api/requests/board'
export const timelinePath = '/api/requests/timeline'
export const listPaths: readonly string[] = [
  '/api/requests',
  '/api/requests/counts',
  '/api/requests/board',
  '/api/home',
  '/api/requests/groups',
  '/api/requests/vendors',
  boardPath,
  timelinePath,
]

/** Paths of one request, whichever. */
export function isRequestPath(path: string): boolean {
  return path.startsWith(detailPath)
}
