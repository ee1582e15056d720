import { useMemo, useState } from 'react'
import type { Request } from '../../api/types'
import { useHold } from '../../ui/useHold'
import { changesOfOrder, inOldOrder } from '../heldOrder'
import type { Section } from './sections'

export type Pages = ReadonlyMap<string, Request[] | undefined>

interface Shown {
  place: string
  pages: Pages
  sections: Section[]
  /** Rows that came into a page that was there already, and when. */
  news: ReadonlyMap<string, number>
}

/**
 * Rows under the pointer or with the keyboard focus stay where they are: while either is in the list, only values
 * change, and a new order waits. Pages that scrolling brings are shown as they come. `place` names what is listed;
 * another list is shown at once.
 */
export function useHeldPages(fresh: Pages, sections: Section[], place: string) {
  const hold = useHold()
  const [shown, setShown] = useState<Shown>({ place, pages: fresh, sections, news: new Map() })
  const isHere = shown.place === place
  // Folding a group is not a change that anybody waits to be told of.
  const isFolded = isHere && sections.some((one, at) => one.isOpen !== shown.sections[at]?.isOpen)
  const isHeld = hold.isHeld && isHere && !isFolded
  const take = () =>
    setShown({
      place,
      sections,
      pages: isHere ? filledUp(fresh, shown.pages) : fresh,
      news: isHere ? withNews(shown, fresh) : new Map(),
    })
  const isTaken = isHere && shown.sections === sections && isSame(shown.pages, fresh)
  if (isHeld ? !hasSameKeys(shown.pages, fresh) : !isTaken) {
    if (isHeld) setShown({ ...shown, pages: filledUp(shown.pages, fresh, fresh.keys()) })
    else take()
  }
  const held = useMemo(
    () => (isHeld ? inOldOrderOf(shown.pages, fresh) : shown.pages),
    [isHeld, shown.pages, fresh],
  )
  return {
    pages: held,
    sections: isHeld ? shown.sections : sections,
    waiting: isHeld ? changes(shown, fresh, sections) : 0,
    show() {
      hold.letGo()
      take()
    },
    /** Whether a row has come, just now, into what was in view. */
    isNew: (id: string) => Date.now() - (shown.news.get(id) ?? 0) < 3_000,
    hold: hold.handlers,
  }
}

/** A page that is on its way again stands as it was until it has come. */
function filledUp(pages: Pages, others: Pages, keys: Iterable<string> = pages.keys()): Pages {
  return new Map([...keys].map((key) => [key, pages.get(key) ?? others.get(key)]))
}

function isSame(shown: Pages, fresh: Pages): boolean {
  if (!hasSameKeys(shown, fresh)) return false
  return [...fresh].every(([key, rows]) => rows === undefined || shown.get(key) === rows)
}

function hasSameKeys(some: Pages, others: Pages): boolean {
  if (some.size !== others.size) return false
  // A page that has only now come counts as well.
  return [...others].every(([key, rows]) => some.has(key) && (some.get(key) || !rows))
}

const flat = (pages: Pages, keys: Iterable<string>) =>
  [...keys].flatMap((key) => pages.get(key) ?? [])

function inOldOrderOf(shown: Pages, fresh: Pages): Pages {
  const now = flat(fresh, fresh.keys())
  return new Map([...shown].map(([key, rows]) => [key, rows && inOldOrder(rows, now)]))
}

function changes(shown: Shown, fresh: Pages, sections: Section[]): number {
  const both = [...fresh.keys()].filter((key) => shown.pages.get(key) && fresh.get(key))
  const moved = changesOfOrder(flat(shown.pages, both), flat(fresh, both))
  const counted = sections.reduce((sum, { count }) => sum + count, 0)
  const before = shown.sections.reduce((sum, { count }) => sum + count, 0)
  return Math.max(moved, Math.abs(counted - before))
}

function withNews({ pages, news }: Shown, fresh: Pages): ReadonlyMap<string, number> {
  const known = new Set(flat(pages, pages.keys()).map(({ id }) => id))
  const come = [...fresh].flatMap(([key, rows]) =>
    pages.get(key) && rows ? rows.filter(({ id }) => !known.has(id)) : [],
  )
  if (come.length === 0) return news
  const now = Date.now()
  return new Map([...news, ...come.map(({ id }): [string, number] => [id, now])])
}
