import { onlineManager } from '@tanstack/react-query'
import { endSession } from '../api/client'
import { takeMark } from '../api/mark'
import { queryClient } from '../app/queryClient'
import { refresher } from './refresher'
import { type LiveStream, openStream, type StreamHandlers } from './stream'
import { isTouched } from './touched'

/** `interrupted`: this browser has a network, and yet no live events come. */
export type Connection = 'connecting' | 'live' | 'interrupted' | 'offline'

/** A short break is mended before anybody needs to know. */
const QUIET_FOR = 2_500

let state: Connection = 'connecting'
let close: (() => void) | undefined
let doubt: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function set(next: Connection) {
  clearTimeout(doubt)
  doubt = undefined
  if (state === next) return
  state = next
  // What waits for a connection trusts this rather than the browser, which only knows its own cable.
  onlineManager.setOnline(next !== 'offline')
  for (const tell of listeners) tell()
}

function broken() {
  if (!navigator.onLine) return set('offline')
  if (state === 'offline') return set('interrupted')
  if (state !== 'interrupted') doubt ??= setTimeout(() => set('interrupted'), QUIET_FOR)
}

/** Opens the stream and returns what closes it. */
function open(): () => void {
  const refresh = refresher(queryClient)
  const handlers: StreamHandlers = {
    onOpen: () => set('live'),
    onBroken: broken,
    onSessionEnd: endSession,
    onEvent(event, resumed) {
      if (event.type === 'reset') refresh.all()
      else if (event.type !== 'ready') refresh.where((key, data) => isTouched(event, key, data))
      // What was read before a stream that resumes nothing may be old.
      else if (!resumed) refresh.all()
    },
  }
  const stream = openStream('/api/events', handlers, takeMark())
  const forget = watchPage(stream)
  return () => {
    forget()
    refresh.stop()
    stream.close()
    set('connecting')
  }
}

/** The browser often knows first that the connection went or came, or that the machine has slept. */
function watchPage({ reconnect, check }: LiveStream): () => void {
  const events = [
    [window, 'online', reconnect],
    [window, 'offline', reconnect],
    [window, 'pageshow', check],
    [document, 'visibilitychange', check],
  ] as const
  for (const [target, name, handle] of events) target.addEventListener(name, handle)
  return () => {
    for (const [target, name, handle] of events) target.removeEventListener(name, handle)
  }
}

// From now on `set` tells whether there is a connection.
onlineManager.setEventListener(() => undefined)

/** The one stream of this tab: open from the first subscriber to the last. */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  close ??= open()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    close?.()
    close = undefined
  }
}

export function getConnection(): Connection {
  return state
}
