import { useSyncExternalStore } from 'react'

const paper = typeof window === 'undefined' ? undefined : window.matchMedia?.('print')

function subscribe(listener: () => void): () => void {
  paper?.addEventListener('change', listener)
  return () => paper?.removeEventListener('change', listener)
}

/** Whether the page is being put on paper, where nothing can be unfolded or pointed at. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => paper?.matches ?? false)
}
