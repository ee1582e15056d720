import { useSyncExternalStore } from 'react'

const print = window.matchMedia('print')

function subscribe(listener: () => void): () => void {
  print.addEventListener('change', listener)
  return () => print.removeEventListener('change', listener)
}

/** Whether the page is being put on paper, where nothing can be unfolded. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => print.matches)
}
