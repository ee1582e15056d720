import { useLayoutEffect, useRef, useState } from 'react'
import type { Request } from '../../api/types'
import { type ListSearch, pageSize } from '../listSearch'
import { type Item, itemsBetween, keyOf, lengthOf, pagesBetween, type Section } from './sections'
import { type Pages, useHeldPages } from './useHeldPages'
import { useInView } from './useInView'
import { usePages } from './usePages'
import { type Selection, useSelection } from './useSelection'

export interface RowItem {
  item: Item
  /** Absent while its page is on its way. */
  request: Request | undefined
}

export interface Rows {
  items: RowItem[]
  length: number
  /** The heights of what is above and below the rows in view. */
  before: number
  after: number
  isNew: (id: string) => boolean
  selection: Selection['selected']
  isAllSelected: boolean
  toggleAll: () => void
}

interface Options {
  sections: Section[]
  search: ListSearch
  /** Names what is listed. */
  place: string
  rowHeight: number
}

/** Rows loaded ahead. */
const AHEAD = 40

/** The part of a list that is in view, loaded as it is scrolled to, and what a person does with its rows. */
export function useRows({ sections, search, place, rowHeight }: Options) {
  const list = useRef<HTMLDivElement>(null)
  const top = useTopOf(list)
  const [length, setLength] = useState(() => lengthOf(sections))
  const { from, to } = useInView({ top, length, rowHeight })
  const wanted = pagesBetween(sections, from - AHEAD, to + AHEAD, pageSize)
  const { loaded, error } = usePages(sections, wanted, search, place)
  const held = useHeldPages(loaded, sections, place)
  const now = lengthOf(held.sections)
  if (now !== length) setLength(now)
  const items = itemsBetween(held.sections, from, to).map((item) => withRow(item, held.pages))
  const requestAt = (index: number) => rowAt(held.sections, held.pages, index)
  const selection = useSelection(place, requestAt)
  const shown = flat(held.pages)
  const rows: Rows = {
    items,
    length: now,
    before: from * rowHeight,
    after: Math.max(0, length - to) * rowHeight,
    isNew: held.isNew,
    selection: selection.selected,
    isAllSelected: shown.every(({ id }) => selection.selected.has(id)),
    toggleAll: () => selection.toggleAll(shown),
  }
  const keys = () => shown.map(({ key }) => key)
  return { rows, list, held, selection, keys, requestAt, top, error }
}

function flat(pages: Pages): Request[] {
  return [...pages.values()].flatMap((rows) => rows ?? [])
}

function withRow(item: Item, pages: Pages): RowItem {
  if (item.kind === 'head') return { item, request: undefined }
  const page = Math.floor(item.place / pageSize)
  const rows = pages.get(keyOf({ id: item.section.id, page }))
  return { item, request: rows?.[item.place % pageSize] }
}

function rowAt(sections: Section[], pages: Pages, index: number): Request | undefined {
  const [item] = itemsBetween(sections, index, index + 1)
  return item && withRow(item, pages).request
}

/** How far the list begins below the top of the page. */
function useTopOf(list: React.RefObject<HTMLDivElement | null>): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () => {
      if (list.current) setTop(list.current.getBoundingClientRect().top + window.scrollY)
    }
    measure()
    // What stands above the list may wrap or come and go.
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    for (const above of list.current?.parentElement?.children ?? []) observer.observe(above)
    return () => observer.disconnect()
  }, [list])
  return top
}
