import { useSyncExternalStore } from 'react'
import { ageWords } from './ageWords'
import { exactTime, paperTime, relativeTime } from './timeWords'
import { usePrinting } from './usePrinting'

let now = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const tell of listeners) tell()
  }, 30_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

interface Props {
  at: string
  words?: (iso: string, now: number) => string
  /** What happened then, for the hover. */
  lead?: string
}

/** A time as people say it; the exact one, with its zone, is one hover away, and on paper stands there. */
export function Time({ at, words = relativeTime, lead }: Props) {
  const isPrinting = usePrinting()
  const current = useSyncExternalStore(subscribe, () => now)
  return (
    <time dateTime={at} title={lead ? `${lead} ${exactTime(at)}` : exactTime(at)}>
      {isPrinting ? paperTime(at) : words(at, Math.max(current, Date.parse(at) || 0))}
    </time>
  )
}

/** How long something has been so; since when exactly is one hover away. */
export function Age({ since }: { since: string }) {
  const current = useSyncExternalStore(subscribe, () => now)
  return (
    <time dateTime={since} title={`Since ${exactTime(since)}`}>
      {ageWords(since, Math.max(current, Date.parse(since) || 0))}
    </time>
  )
}
