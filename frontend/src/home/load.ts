export interface Burden {
  weeklyHours: number
  openHours: number
}

/** How long the open work takes at these hours a week; null where there are none. */
export function weeksOf({ weeklyHours, openHours }: Burden): number | null {
  return weeklyHours > 0 ? openHours / weeklyHours : null
}

export function weeksWords(burden: Burden): string {
  if (burden.openHours === 0) return 'free'
  const weeks = weeksOf(burden)
  if (weeks === null) return 'no hours a week'
  const rounded = Math.round(weeks * 10) / 10
  if (rounded < 0.1) return 'under 0.1 weeks'
  return rounded === 1 ? '1 week' : `${rounded} weeks`
}

/** The parts of a bar in per cent of the longest: what fits into a week, what is beyond, and where the week ends. */
export function barOf({ weeklyHours, openHours }: Burden, longest: number) {
  const part = (hours: number) => (longest > 0 ? (100 * hours) / longest : 0)
  return {
    within: part(Math.min(openHours, weeklyHours)),
    beyond: part(Math.max(0, openHours - weeklyHours)),
    week: part(weeklyHours),
  }
}

export function longestOf(load: Burden[]): number {
  return Math.max(0, ...load.flatMap(({ weeklyHours, openHours }) => [weeklyHours, openHours]))
}

/** Who is not in the order comes last. */
export function inOrder<T extends { engineerId: string }>(load: T[], order: string[]): T[] {
  const place = new Map(order.map((id, at) => [id, at]))
  const placeOf = ({ engineerId }: T) => place.get(engineerId) ?? order.length
  return [...load].sort((one, other) => placeOf(one) - placeOf(other))
}
