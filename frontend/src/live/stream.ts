import { errorFromResponse } from '../api/problem'
import { messageReader } from './messages'
import type { LiveEvent } from './touched'

/** The server says something every 15 s; a line that is silent for longer than this is dead. */
const SILENCE = 35_000
/** After sleep, or when the page comes back, less silence is enough to be suspicious. */
const SUSPICIOUS_SILENCE = 16_000
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 15_000

export interface StreamHandlers {
  /** `resumed`: this connection went on where the last one stopped, or from the mark. */
  onEvent: (event: LiveEvent, resumed: boolean) => void
  /** The server has said its first word: from now on nothing is missed. */
  onOpen: () => void
  onBroken: () => void
  onSessionEnd: () => void
}

export interface LiveStream {
  /** Something may have happened to the connection: see whether it still lives, at once. */
  check: () => void
  /** It is surely worth another try, whatever this end believes about the connection. */
  reconnect: () => void
  close: () => void
}

/** How long to wait before the next try, a little different for each client so that they do not come all at once. */
export function pauseAfter(failures: number, random = Math.random()): number {
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.max(0, failures - 1))
  return longest * (0.6 + 0.4 * random)
}

/**
 * A stream of events that goes on, from where it was, until it is closed or the session has ended. `mark` is where it
 * begins: without one, what happened before it is open is missed.
 */
export function openStream(url: string, handlers: StreamHandlers, mark?: string): LiveStream {
  let closed = false
  let failures = 0
  let lastId = mark
  let lastHeard = 0
  let connection = new AbortController()
  let skipPause: (() => void) | undefined

  const read = async (response: Response, onChunk: () => void) => {
    const resumed = lastId !== undefined
    let isOpen = false
    const messages = messageReader(({ data }) => {
      if (!isOpen) handlers.onOpen()
      isOpen = true
      handlers.onEvent(JSON.parse(data) as LiveEvent, resumed)
    })
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    const decoder = new TextDecoder()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      onChunk()
      messages.take(decoder.decode(value, { stream: true }))
      lastId = messages.lastId() ?? lastId
    }
  }

  const connect = async () => {
    connection = new AbortController()
    const { signal } = connection
    let watch: ReturnType<typeof setTimeout> | undefined
    const heard = () => {
      lastHeard = Date.now()
      clearTimeout(watch)
      watch = setTimeout(() => connection.abort(), SILENCE)
    }
    heard()
    try {
      const headers: HeadersInit = lastId === undefined ? {} : { 'Last-Event-ID': lastId }
      const response = await fetch(url, { headers, signal, cache: 'no-store' })
      if (!response.ok) throw await errorFromResponse(response)
      failures = 0
      await read(response, heard)
    } finally {
      clearTimeout(watch)
    }
  }

  const run = async () => {
    while (!closed) {
      try {
        await connect()
      } catch (error) {
        if ((error as { status?: number }).status === 401) {
          closed = true
          return handlers.onSessionEnd()
        }
      }
      if (closed) return
      failures += 1
      handlers.onBroken()
      await new Promise<void>((resolve) => {
        skipPause = resolve
        setTimeout(resolve, pauseAfter(failures))
      })
      skipPause = undefined
    }
  }
  run()

  const reconnect = () => {
    if (skipPause) skipPause()
    else connection.abort()
  }
  return {
    reconnect,
    check() {
      if (skipPause || Date.now() - lastHeard > SUSPICIOUS_SILENCE) reconnect()
    },
    close() {
      closed = true
      reconnect()
    },
  }
}
