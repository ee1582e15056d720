const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`
}

/** How long ago, in whole units and short: what stands for weeks is told in weeks. */
export function ageWords(iso: string, now: number): string {
  const age = now - Date.parse(iso)
  if (Number.isNaN(age)) return iso
  if (age < HOUR) return `${Math.max(0, Math.floor(age / MINUTE))} min`
  if (age < DAY) return `${Math.floor(age / HOUR)} h`
  if (age < 3 * WEEK) return count(Math.floor(age / DAY), 'day')
  return count(Math.floor(age / WEEK), 'week')
}
