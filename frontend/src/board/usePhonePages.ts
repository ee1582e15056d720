import { type UIEvent, useRef, useState } from 'react'

/** On a phone the board shows one column at a time: which one follows from how far it is scrolled sideways. */
export function usePhonePages(isPhone: boolean) {
  const ref = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  return {
    ref,
    at,
    onScroll({ currentTarget, target }: UIEvent<HTMLDivElement>) {
      if (!isPhone || target !== currentTarget) return
      setAt(Math.round(currentTarget.scrollLeft / Math.max(1, currentTarget.clientWidth)))
    },
    show(place: number) {
      ref.current?.scrollTo({ left: place * ref.current.clientWidth })
    },
  }
}
