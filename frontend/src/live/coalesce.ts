/**
 * Gathers what is added and hands it on at most once in `gap` milliseconds, the first after `delay`, so that a burst
 * costs one run. What `run` returns is not done yet and comes again in the next one.
 */
export function coalesced<T>(run: (items: Set<T>) => Iterable<T>, gap: number, delay = 20) {
  let waiting = new Set<T>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = Number.NEGATIVE_INFINITY
  const schedule = () => {
    timer ??= setTimeout(flush, Math.max(delay, last + gap - Date.now()))
  }
  const flush = () => {
    timer = undefined
    last = Date.now()
    const items = waiting
    waiting = new Set()
    waiting = new Set([...run(items), ...waiting])
    if (waiting.size > 0) schedule()
  }
  return {
    add(item: T) {
      waiting.add(item)
      schedule()
    },
    clear() {
      clearTimeout(timer)
      timer = undefined
      waiting.clear()
    },
  }
}
