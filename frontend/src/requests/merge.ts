import { type RequestField, type RequestValues, requestFields } from './RequestFields'

export interface Merged {
  /** Mine where I changed something, else theirs. */
  values: RequestValues
  /** What they changed and I did not touch. */
  taken: RequestField[]
  /** What both changed, and differently: a person has to decide. */
  conflicts: RequestField[]
}

/** Puts two edits together that began at the same `base`. */
export function mergeEdits(
  base: RequestValues,
  mine: RequestValues,
  theirs: RequestValues,
): Merged {
  const isMine = (field: RequestField) => mine[field] !== base[field]
  const isTheirs = (field: RequestField) => theirs[field] !== base[field]
  const merged = requestFields.map((field) => [field, (isMine(field) ? mine : theirs)[field]])
  return {
    values: Object.fromEntries(merged) as RequestValues,
    taken: requestFields.filter((field) => isTheirs(field) && !isMine(field)),
    conflicts: requestFields.filter(
      (field) => isTheirs(field) && isMine(field) && mine[field] !== theirs[field],
    ),
  }
}

/** Only what was really edited, so that a save never takes back what others did to the rest. */
export function changesOf(before: RequestValues, after: RequestValues): Partial<RequestValues> {
  const edited = requestFields.filter((field) => before[field] !== after[field])
  return Object.fromEntries(edited.map((field) => [field, after[field]]))
}

export function valuesOf({ title, description, vendor, priority }: RequestValues): RequestValues {
  return { title, description, vendor, priority }
}
