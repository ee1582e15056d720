const HEADER = 'Last-Event-ID'

/** Undefined until the first answer has come, null when there is none to take, or no more. */
let mark: string | null | undefined

/** Where the events stood before anything else was asked for: only the first answer of all can tell. */
export function noteMark(path: string, response: Response): void {
  if (mark === undefined) mark = path === '/api/auth/session' ? response.headers.get(HEADER) : null
}

/** For the first stream: it misses nothing from there on. A later one would not know what this page has missed. */
export function takeMark(): string | undefined {
  const taken = mark ?? undefined
  mark = null
  return taken
}
