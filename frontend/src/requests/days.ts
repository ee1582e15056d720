/** A moment's day here, as a date field has it, moved by some days. */
export function dayOf(iso: string | undefined, move = 0): string {
  const time = new Date(iso ?? '')
  if (Number.isNaN(time.getTime())) return ''
  // A span that does not end at midnight ends within its last day.
  const isMidnight = time.getTime() === startOf(time).getTime()
  const day = startOf(time, isMidnight ? move : 0)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** The moment at which that day begins here, moved by some days. */
export function momentOf(day: string, move = 0): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date) return undefined
  return new Date(year, month - 1, date + move).toISOString()
}

export function daysAgo(days: number, now = new Date()): string {
  return startOf(now, -days).toISOString()
}

function startOf(time: Date, move = 0): Date {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate() + move)
}
