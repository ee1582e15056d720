/** Days as the API takes them: `2026-11-23`. A span ends before its second day. */
export interface Span {
  from: string
  to: string
}

export const spanNames = ['4', '12', '26', '52', 'year'] as const
export type SpanName = (typeof spanNames)[number]

export const spanLabels: Record<SpanName, string> = {
  '4': 'Last 4 weeks',
  '12': 'Last 12 weeks',
  '26': 'Last 26 weeks',
  '52': 'Last 52 weeks',
  year: 'This year',
}

export const defaultSpan: SpanName = '12'

export function dayText(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Midnight here at the beginning of that day, some days later; undefined for what is no day. */
export function dateOf(day: string, move = 0): Date | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date) return undefined
  const there = new Date(year, month - 1, date)
  return dayText(there) === day ? new Date(year, month - 1, date + move) : undefined
}

export function moved(day: string, days: number): string {
  const there = dateOf(day, days)
  return there ? dayText(there) : day
}

/** So many full weeks before this one, and this one; weeks begin on Monday, as the API's do. */
export function spanOf(name: SpanName, today = new Date()): Span {
  const sinceMonday = (today.getDay() + 6) % 7
  const monday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - sinceMonday)
  const to = dayText(new Date(monday.getFullYear(), monday.getMonth(), monday.getDate() + 7))
  if (name === 'year') return { from: `${today.getFullYear()}-01-01`, to }
  return { from: moved(dayText(monday), -7 * Number(name)), to }
}

// Made when they are first needed: every visit runs this file, and the browser's tables of dates take a phone a while.
let format: Intl.DateTimeFormat | undefined
let short: Intl.DateTimeFormat | undefined

/** The span as people say it: from its first day to its last. */
export function spanWords({ from, to }: Span): string {
  const first = dateOf(from)
  const last = dateOf(to, -1)
  if (!first || !last) return ''
  format ??= new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
  return format.formatRange(first, last).replaceAll('\u2009', '')
}

export function dayWords(day: string): string {
  const date = dateOf(day)
  short ??= new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
  return date ? short.format(date) : day
}
