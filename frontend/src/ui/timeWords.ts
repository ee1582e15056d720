const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const sameYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const otherYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const exact = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'full',
  timeStyle: 'long',
})

const minute = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
})

/** Relative up to a week, then the date. A clock that runs ahead by a little still says "just now". */
export function relativeTime(iso: string, now: number): string {
  const time = Date.parse(iso)
  if (Number.isNaN(time)) return iso
  const age = now - time
  if (age < MINUTE && age > -5 * MINUTE) return 'just now'
  if (age >= 0 && age < HOUR) return `${Math.floor(age / MINUTE)} min ago`
  if (age >= 0 && age < DAY) return `${Math.floor(age / HOUR)} h ago`
  if (age >= 0 && age < 7 * DAY) {
    const days = Math.floor(age / DAY)
    return days === 1 ? '1 day ago' : `${days} days ago`
  }
  const date = new Date(time)
  const format = date.getFullYear() === new Date(now).getFullYear() ? sameYear : otherYear
  return format.format(date)
}

/** A day of the calendar, `2026-12-01`, which is the same in every zone. */
export function dayWords(day: string, now = Date.now()): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const format = year === new Date(now).getFullYear() ? sameYear : otherYear
  return format.format(new Date(year, month - 1, date))
}

/** For where `2 h ago` would be wrong an hour later. */
export function paperTime(iso: string): string {
  const time = Date.parse(iso)
  return Number.isNaN(time) ? iso : minute.format(time)
}

export function exactTime(iso: string): string {
  const time = Date.parse(iso)
  return Number.isNaN(time) ? iso : exact.format(time)
}

/** How long ago, as short as it stands on a card: whole minutes, hours, days, and weeks from the third on. */
export function ageWords(iso: string, now: number): string {
  const age = Math.max(0, now - Date.parse(iso))
  if (Number.isNaN(age)) return iso
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`
  if (age < DAY) return `${Math.floor(age / HOUR)} h`
  const days = Math.floor(age / DAY)
  return days < 21 ? `${days} d` : `${Math.floor(days / 7)} wk`
}
