/** Requests that this person opened last in this browser, newest first. */
export interface Recent {
  key: string
  title: string
}

const MOST = 8
const nameOf = (personId: string) => `sim-flow:recent:${personId}`

export function withRecent(recents: Recent[], opened: Recent): Recent[] {
  return [opened, ...recents.filter(({ key }) => key !== opened.key)].slice(0, MOST)
}

export function recentsOf(personId: string): Recent[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(nameOf(personId)) ?? '[]')
    if (!Array.isArray(found)) return []
    return found.filter((one) => typeof one?.key === 'string' && typeof one?.title === 'string')
  } catch {
    return []
  }
}

export function rememberRecent(personId: string, { key, title }: Recent): void {
  try {
    const recents = withRecent(recentsOf(personId), { key, title })
    localStorage.setItem(nameOf(personId), JSON.stringify(recents))
  } catch {
    // Then the palette begins empty.
  }
}
