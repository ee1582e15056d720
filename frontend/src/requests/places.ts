import type { ListSearch } from './listSearch'

/** A place in the paged list: its address, and in the history the cursors that led there. */
export interface Place {
  search: ListSearch
  cursorsBefore: string[]
}

export function nextPlace({ search, cursorsBefore }: Place, nextCursor: string): Place {
  return {
    search: { ...search, cursor: nextCursor, page: (search.page ?? 1) + 1 },
    cursorsBefore: search.cursor ? [...cursorsBefore, search.cursor] : cursorsBefore,
  }
}

/**
 * A keyset cursor only leads forward, so the way back is remembered. Somebody who was given the
 * address of a later page has no such memory, and their way back is the first page.
 */
export function previousPlace({ search, cursorsBefore }: Place): Place {
  const cursor = cursorsBefore.at(-1)
  const page = cursor && search.page ? search.page - 1 : 1
  return {
    search: { ...search, cursor, page: page > 1 ? page : undefined },
    cursorsBefore: cursorsBefore.slice(0, -1),
  }
}
