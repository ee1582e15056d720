import { startTransition, useEffect, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'

interface Options {
  /** How far the rows begin below the top of the page. */
  top: number
  length: number
  rowHeight: number
}

/** Rows drawn above and below those in view. */
const OVERSCAN = 10

/**
 * Which rows of the page are in view. They have one height, so a million of them costs no more than ten; the library that
 * the board uses makes an object for each row there is, anew with each one that comes.
 */
export function useInView({ top, length, rowHeight }: Options): { from: number; to: number } {
  const [scrolled, setScrolled] = useState(() => window.scrollY)
  const [height, setHeight] = useState(() => window.innerHeight)
  // What is seen is drawn first.
  const [overscan, setOverscan] = useState(0)
  useEffect(() => startTransition(() => setOverscan(OVERSCAN)), [])
  useLayoutEffect(() => {
    const whole = () => setScrolled(Math.floor(window.scrollY / rowHeight) * rowHeight)
    // At once, or a fast scroll would show the page before its rows.
    const scroll = () => flushSync(whole)
    const resize = () => setHeight(window.innerHeight)
    whole()
    resize()
    window.addEventListener('scroll', scroll, { passive: true })
    window.addEventListener('resize', resize)
    return () => {
      window.removeEventListener('scroll', scroll)
      window.removeEventListener('resize', resize)
    }
  }, [rowHeight])
  return rowsBetween({
    above: scrolled - top,
    height: height + rowHeight,
    overscan,
    length,
    rowHeight,
  })
}

interface View {
  /** How far the top of the first row is above the top of the view. */
  above: number
  height: number
  overscan: number
  length: number
  rowHeight: number
}

/** A list that has become shorter than where it is scrolled to shows its end. */
export function rowsBetween({ above, height, overscan, length, rowHeight }: View) {
  const start = Math.min(above, Math.max(0, length * rowHeight - height))
  const within = (row: number) => Math.min(length, Math.max(0, row))
  return {
    from: within(Math.floor(start / rowHeight) - overscan),
    to: within(Math.ceil((start + height) / rowHeight) + overscan),
  }
}
