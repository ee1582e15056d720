import type { Activity } from '../api/types'

/** Who changed this field last, as far as the log tells; without a field, who changed the request last. */
export function changedBy(log: Activity[], field?: string): string | null {
  const wanted = log.find(({ action, details }) =>
    field ? field in ((details.changes as object | undefined) ?? {}) : action !== 'commented',
  )
  return wanted?.userName ?? null
}
