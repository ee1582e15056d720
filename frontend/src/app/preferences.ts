import { useSyncExternalStore } from 'react'

const PREFIX = 'sim-flow:preference:'

function read(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name)
  } catch {
    return null
  }
}

/** A choice of looks or habits, kept in this browser. Where it keeps nothing, it holds until the reload. */
export function preference<T extends string>(name: string, values: readonly [T, ...T[]]) {
  const known = (text: string | null) => values.find((value) => value === text) ?? values[0]
  let now = known(read(name))
  const listeners = new Set<() => void>()
  const put = (value: T) => {
    now = value
    for (const tell of listeners) tell()
  }
  // The other tabs follow.
  if (typeof window !== 'undefined') {
    window.addEventListener('storage', ({ key, newValue }) => {
      if (key === PREFIX + name) put(known(newValue))
    })
  }
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const get = (): T => now
  return {
    get,
    set(value: T) {
      put(value)
      try {
        localStorage.setItem(PREFIX + name, value)
      } catch {
        // It holds for now.
      }
    },
    subscribe,
    use: (): T => useSyncExternalStore(subscribe, get),
  }
}

/** The first value of each is what people have who chose nothing. */
export const singleKeys = preference('single-keys', ['on', 'off'])
export const navigation = preference('navigation', ['wide', 'icons'])
export const density = preference('density', ['compact', 'comfortable'])
