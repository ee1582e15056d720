/** What a new request begins with, as its address says. */
export interface NewRequestSearch {
  draft?: string
  /** The key or id of a request to be copied. */
  from?: string
  template?: string
}

export function parseNewRequestSearch(raw: Record<string, unknown>): NewRequestSearch {
  const text = (name: string) => {
    const value = raw[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  return { draft: text('draft'), from: text('from'), template: text('template') }
}
