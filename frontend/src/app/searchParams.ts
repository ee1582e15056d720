type RawSearch = Record<string, string | string[]>

/** Reads an address as people write it: `?status=Submitted&status=Denied`, every value a string. */
export function parseSearch(text: string): RawSearch {
  const raw: RawSearch = {}
  for (const [key, value] of new URLSearchParams(text)) {
    const before = raw[key]
    raw[key] = before === undefined ? value : [before, value].flat()
  }
  return raw
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== '') params.append(key, String(one))
    }
  }
  const text = params.toString()
  return text && `?${text}`
}
