const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

// Not by Intl: the browser's tables of dates take a phone a tenth of a second at its first visit.
const MONTHS =
  'January February March April May June July August September October November December'
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'
const SHORT_MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'

const nth = (names: string, index: number) => names.split(' ')[index]
const two = (number: number) => String(number).padStart(2, '0')

/** As `5 Mar`, with the year where it is another one than now's: `5 Mar 2027`, or `5 Mar ’27` where room is tight. */
function shortDay(date: Date, now: number, isTight: boolean): string {
  const year = date.getFullYear()
  const day = `${date.getDate()} ${nth(SHORT_MONTHS, date.getMonth())}`
  if (year === new Date(now).getFullYear()) return day
  return isTight ? `${day} ’${two(year % 100)}` : `${day} ${year}`
}

/** As `UTC`, `UTC+1` or `UTC-3:30`: what clocks here show at that time. */
function zoneOf(date: Date): string {
  const ahead = -date.getTimezoneOffset()
  if (ahead === 0) return 'UTC'
  const [hours, minutes] = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60]
  return `UTC${ahead < 0 ? '-' : '+'}${hours}${minutes === 0 ? '' : `:${two(minutes)}`}`
}

/** Relative up to a week, then the date. A clock that runs ahead by a little still says "just now". */
export function relativeTime(iso: string, now: number, isTight = false): string {
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
  return shortDay(new Date(time), now, isTight)
}

/** The same for the columns of a table. */
export function tightTime(iso: string, now: number): string {
  return relativeTime(iso, now, true)
}

/** A day of the calendar, `2026-12-01`, which is the same in every zone. */
export function dayWords(day: string, now = Date.now(), isTight = false): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return shortDay(new Date(year, month - 1, date), now, isTight)
}

/** For where `2 h ago` would be wrong an hour later. */
export function paperTime(iso: string): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return iso
  const month = nth(SHORT_MONTHS, time.getMonth())
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}`
  return `${time.getDate()} ${month} ${time.getFullYear()}, ${clock}`
}

export function exactTime(iso: string): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return iso
  const day = `${nth(DAYS, time.getDay())} ${time.getDate()} ${nth(MONTHS, time.getMonth())}`
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')
  return `${day} ${time.getFullYear()} at ${clock} ${zoneOf(time)}`
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
