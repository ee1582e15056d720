import { type ListSearch, parseListSearch } from '../requests/listSearch'

/** How many weeks can be shown at once. */
export const spans = [4, 8, 12, 26] as const
const usual = 12

export interface ShownSearch extends ListSearch {
  weeks?: number
}

export function parseTimelineSearch(raw: Record<string, unknown>): ShownSearch {
  const weeks = spans.find((span) => span === Number(raw.weeks))
  return { ...parseListSearch(raw), weeks: weeks === usual ? undefined : weeks }
}

export function shownWeeks({ weeks }: ShownSearch): number {
  return weeks ?? usual
}
