import { useSyncExternalStore } from 'react'
import { beginTypeAhead, endTypeAhead } from './typeAhead'

/** With `group` the palette offers only the commands of that group: a picker. */
export type Overlay = { name: 'palette'; group?: string } | { name: 'help' }

let shown: Overlay | null = null
const listeners = new Set<() => void>()

export function show(overlay: Overlay['name'] | null, group?: string): void {
  shown = overlay && { name: overlay, group }
  if (overlay === 'palette') beginTypeAhead()
  else endTypeAhead()
  for (const tell of listeners) tell()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useOverlay(): Overlay | null {
  return useSyncExternalStore(subscribe, () => shown)
}
