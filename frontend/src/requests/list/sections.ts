import type { Filters } from '../listSearch'

/** A part of the list with pages of its own: the whole of it, or one group. */
export interface Section {
  id: string
  filters: Filters
  /** How many requests it has, exactly. */
  count: number
  /** What its heading says; null where the list has no groups. */
  label: string | null
  isOpen: boolean
}

export type Item =
  | { kind: 'head'; section: Section; index: number }
  | { kind: 'row'; section: Section; place: number; index: number }

export interface PageOf {
  id: string
  page: number
}

const heads = (section: Section) => (section.label === null ? 0 : 1)
const rows = (section: Section) => (section.isOpen ? section.count : 0)

export function lengthOf(sections: Section[]): number {
  return sections.reduce((sum, section) => sum + heads(section) + rows(section), 0)
}

/** What stands at these places of the list as it is unfolded. */
export function itemsBetween(sections: Section[], from: number, to: number): Item[] {
  const items: Item[] = []
  let start = 0
  for (const section of sections) {
    const first = start + heads(section)
    const end = first + rows(section)
    if (heads(section) && start >= from && start < to)
      items.push({ kind: 'head', section, index: start })
    for (let index = Math.max(first, from); index < Math.min(end, to); index++)
      items.push({ kind: 'row', section, place: index - first, index })
    if (end >= to) break
    start = end
  }
  return items
}

/** The pages that these places need. */
export function pagesBetween(
  sections: Section[],
  from: number,
  to: number,
  size: number,
): PageOf[] {
  const wanted: PageOf[] = []
  for (const item of itemsBetween(sections, Math.max(0, from), to)) {
    if (item.kind === 'head') continue
    const page = Math.floor(item.place / size)
    const last = wanted.at(-1)
    if (last?.id !== item.section.id || last.page !== page)
      wanted.push({ id: item.section.id, page })
  }
  return wanted
}

/** The cursors that end a section's pages, as far as they are known; null where nothing comes after. */
export type Cursors = Record<string, (string | null)[]>

/** Keyset pages are reached one after the other: the page itself where its cursor is known, else the last that can be. */
export function reachable(wanted: PageOf[], cursors: Cursors): PageOf[] {
  const asked = new Map<string, PageOf>()
  for (const { id, page } of wanted) {
    const ends = cursors[id] ?? []
    const ended = ends.indexOf(null)
    const furthest = ended >= 0 ? ended : ends.length
    const one = { id, page: Math.min(page, furthest) }
    asked.set(keyOf(one), one)
  }
  return [...asked.values()]
}

/** Takes over what a page says comes after it. */
export function withCursor(cursors: Cursors, { id, page }: PageOf, next: string | null): Cursors {
  const ends = cursors[id] ?? []
  if (page > ends.length || ends[page] === next) return cursors
  const kept = next === null ? ends.slice(0, page) : [...ends]
  kept[page] = next
  return { ...cursors, [id]: kept }
}

export function keyOf({ id, page }: PageOf): string {
  return `${page} ${id}`
}
