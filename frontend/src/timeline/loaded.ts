import type { components } from '../api/schema'

export type Page = components['schemas']['Timeline']
type EngineerWork = components['schemas']['EngineerWork']

/** A page, and when it came. */
export interface Loaded {
  page: Page
  at: number
}

export function isSame(some: Loaded[], others: Loaded[]): boolean {
  if (some.length !== others.length) return false
  return some.every(
    ({ page, at }, index) => page === others[index]?.page && at === others[index].at,
  )
}

/** The page that came last. */
export function newest(loaded: Loaded[]): Page | undefined {
  return loaded.reduce<Loaded | undefined>(
    (one, other) => (one && one.at > other.at ? one : other),
    undefined,
  )?.page
}

/** Each page's engineers. Who is called otherwise since may be on two: the one that came later knows. */
export function engineersOf(loaded: Loaded[]): EngineerWork[][] {
  const places = new Map<string, number>()
  loaded.forEach(({ page, at }, index) => {
    for (const { engineerId } of page.engineers) {
      const known = loaded[places.get(engineerId) ?? -1]
      if (!known || known.at <= at) places.set(engineerId, index)
    }
  })
  return loaded.map(({ page: { engineers } }, index) => {
    const isHere = ({ engineerId }: EngineerWork) => places.get(engineerId) === index
    return engineers.every(isHere) ? engineers : engineers.filter(isHere)
  })
}
