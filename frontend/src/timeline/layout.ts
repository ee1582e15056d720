const DAY = 86_400_000

export interface Span {
  start: string
  end: string
}

/** The stretch of time that is shown, from its first moment to the one after its last. */
export interface Stretch {
  from: number
  to: number
}

export interface Placed {
  /** Parts of the stretch, in percent. */
  left: number
  width: number
  /** It began before what is shown, or goes on after it. */
  isEarlier: boolean
  isLater: boolean
}

/** Dates have no time: their day begins at midnight UTC, the same for everybody. */
export function dayOf(date: string): number {
  return Date.parse(date.length === 10 ? `${date}T00:00:00Z` : date)
}

export function placed({ start, end }: Span, { from, to }: Stretch): Placed {
  const first = Math.min(Math.max(dayOf(start), from), to)
  const last = Math.max(first, Math.min(dayOf(end), to))
  const part = (time: number) => (100 * time) / (to - from)
  return {
    left: part(first - from),
    width: part(last - first),
    isEarlier: dayOf(start) < from,
    isLater: dayOf(end) > to,
  }
}

/**
 * The fewest rows in which no bar, nor the words that reach beyond a short one, covers another. `words` is how much of
 * the stretch, in percent, words need.
 */
export function packed(bars: Placed[], words: number): number[] {
  const ends: number[] = []
  const order = bars.map((_, at) => at).sort((a, b) => (bars[a]?.left ?? 0) - (bars[b]?.left ?? 0))
  const rows: number[] = []
  for (const at of order) {
    const { left, width } = bars[at] as Placed
    const free = ends.findIndex((end) => end <= left + 1e-6)
    const row = free < 0 ? ends.length : free
    ends[row] = left + Math.max(width, words)
    rows[at] = row
  }
  return rows
}

/** The days on which a week begins, as many as there are in the stretch. */
export function weeksOf({ from, to }: Stretch): number[] {
  const count = Math.ceil((to - from) / (7 * DAY))
  return Array.from({ length: count }, (_, week) => from + week * 7 * DAY)
}

export interface Load {
  openHours: number
  weeklyHours: number
}

/** How full somebody is over so many weeks: a part of what they can do, and the words for it. */
export function loadOver({ openHours, weeklyHours }: Load, weeks: number) {
  const capacity = weeklyHours * weeks
  const over = openHours - capacity
  const hours = (count: number) => `${count.toLocaleString('en')} h`
  return {
    part: capacity > 0 ? Math.min(1, openHours / capacity) : openHours > 0 ? 1 : 0,
    words: `${hours(openHours)} of ${hours(capacity)}`,
    over: over > 0 ? `Over capacity by ${hours(over)}` : null,
  }
}
