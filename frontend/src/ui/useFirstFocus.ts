import { useEffect, useRef } from 'react'

/** Puts the focus on the first field or button of what has just opened. */
export function useFirstFocus<E extends HTMLElement>(isReady = true) {
  const place = useRef<E>(null)
  useEffect(() => {
    if (!isReady) return
    place.current
      ?.querySelector<HTMLElement>('input:not(:disabled), select, button:not(:disabled), a[href]')
      ?.focus({ preventScroll: true })
  }, [isReady])
  return place
}
