/** The list that a request was opened from, as it stood then: what `previous` and `next` lead along. */
const NAME = 'sim-flow:trail'
const MOST = 2_000

/** For links to requests: they remember where they stand. Asked anew with each click. */
export function fromHere(): { from: string } {
  return { from: window.location.pathname + window.location.search }
}

function keep(keys: readonly string[]): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(keys.slice(0, MOST)))
  } catch {
    // Then there is no previous and next.
  }
}

/** For whatever holds links to requests: one that is opened has the others as its neighbours. */
export function keepsTrail(keys: () => readonly string[]) {
  return (event: { target: EventTarget }) => {
    if ((event.target as Element).closest('a[href^="/requests/SF-"]')) keep(keys())
  }
}

export interface Neighbours {
  previous: string | undefined
  next: string | undefined
  /** The place in the list, from 1. */
  place: number
  length: number
}

/** What stands before and after this request; null where it is in no list. */
export function neighboursOf(key: string): Neighbours | null {
  try {
    const keys: unknown = JSON.parse(sessionStorage.getItem(NAME) ?? '[]')
    const at = Array.isArray(keys) ? keys.indexOf(key) : -1
    if (!Array.isArray(keys) || at < 0) return null
    return { previous: keys[at - 1], next: keys[at + 1], place: at + 1, length: keys.length }
  } catch {
    return null
  }
}
