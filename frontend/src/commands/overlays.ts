import { useSyncExternalStore } from 'react'

export type Overlay = 'palette' | 'help'

let shown: Overlay | null = null
const listeners = new Set<() => void>()

export function show(overlay: Overlay | null): void {
  shown = overlay
  for (const tell of listeners) tell()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useOverlay(): Overlay | null {
  return useSyncExternalStore(subscribe, () => shown)
}
