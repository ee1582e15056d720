/** What was typed and is not on the server yet. It lies in this browser, for its writer only. */
export interface Draft<T> {
  at: number
  value: T
  /** The window that has written it. */
  by?: string
  /** The submission under way: sent again with the same text, it must have the same key. */
  sent?: { key: string; body: string }
}

export type DraftName =
  | 'new'
  | `new:${string}`
  | `comment:${string}`
  | `comment-edit:${string}`
  | `edit:${string}`
  | `study-type:${string}`
  | `data:${string}`
  | `criterion:${string}`
  | `measure:${string}`
  | `move:${string}`
  | `assign:${string}`

const PREFIX = 'sim-flow:draft:'
const KEPT_FOR = 30 * 24 * 3_600_000

export function draftKey(personId: string, name: DraftName): string {
  return `${PREFIX}${personId}:${name}`
}

function parse<T>(text: string | null): Draft<T> | null {
  try {
    const draft = JSON.parse(text ?? 'null')
    return typeof draft?.at === 'number' && draft.value ? draft : null
  } catch {
    return null
  }
}

/** Null where there is none, or where this browser keeps nothing. */
export function readDraft<T>(personId: string, name: DraftName): Draft<T> | null {
  try {
    return parse<T>(localStorage.getItem(draftKey(personId, name)))
  } catch {
    return null
  }
}

export function hasDraft(personId: string, name: DraftName): boolean {
  return readDraft(personId, name) !== null
}

/** Whether it is really kept: a browser may refuse or be full. */
export function writeDraft<T>(personId: string, name: DraftName, draft: Draft<T>): boolean {
  try {
    localStorage.setItem(draftKey(personId, name), JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export function removeDraft(personId: string, name: DraftName): void {
  try {
    localStorage.removeItem(draftKey(personId, name))
  } catch {
    // Then there is none either.
  }
}

/** The person's drafts of new requests of which this is true. */
export function removeNewDrafts<T>(personId: string, isMeant: (value: T) => boolean): void {
  try {
    const prefix = draftKey(personId, 'new')
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(prefix))) {
      const draft = parse<T>(localStorage.getItem(key))
      if (draft && isMeant(draft.value)) localStorage.removeItem(key)
    }
  } catch {
    // Then there is none either.
  }
}

/** Everybody's drafts that are too old, or that nothing can be read from. */
export function cleanDrafts(now = Date.now()): void {
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const draft = parse(localStorage.getItem(key))
      if (!draft || now - draft.at > KEPT_FOR) localStorage.removeItem(key)
    }
  } catch {
    // Without a store there is nothing to clean.
  }
}

/** The key of a submission: the one it had before, as long as it says the same. */
export function submissionOf(
  draft: Pick<Draft<unknown>, 'sent'> | null,
  body: unknown,
  newKey: () => string,
): { key: string; body: string } {
  const text = JSON.stringify(body)
  return draft?.sent?.body === text ? draft.sent : { key: newKey(), body: text }
}
