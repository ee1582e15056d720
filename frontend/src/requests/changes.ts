import type { RequestDetail } from '../api/types'
import { type RequestValues, requestFields } from './RequestFields'

/** Only what was really edited, so that a save never takes back what others did to the rest. */
export function changesOf(before: RequestValues, after: RequestValues): Partial<RequestValues> {
  const edited = requestFields.filter((field) => before[field] !== after[field])
  return Object.fromEntries(edited.map((field) => [field, after[field]]))
}

export function conflictsOf(started: RequestDetail, newer: RequestDetail) {
  return requestFields.filter((field) => started[field] !== newer[field])
}
