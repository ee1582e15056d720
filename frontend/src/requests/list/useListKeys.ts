import { type RefObject, useEffect, useRef } from 'react'
import { useShortcuts } from '../../commands/useShortcuts'
import type { Asking } from './BulkDialogs'

interface Options {
  list: RefObject<HTMLElement | null>
  length: number
  /** How far the rows begin below the top of the page. */
  top: number
  rowHeight: number
  onToggle: (index: number, isRange: boolean) => void
  /** About what is selected, or else the row that has the focus. */
  onAsk: (what: Asking['what'], index: number | null) => void
}

/** j and k lead from row to row, x selects, a, s and p change; the row itself is a link, so Enter opens it. */
export function useListKeys({ list, length, top, rowHeight, onToggle, onAsk }: Options) {
  // A row that is far away must be drawn before it can have the focus.
  const wanted = useRef<number | null>(null)
  useEffect(() => {
    if (wanted.current === null) return
    const row = list.current?.querySelector(`[data-index="${wanted.current}"]`)
    const target = row?.querySelector<HTMLElement>('a[href], button')
    if (!target) return
    wanted.current = null
    target.focus({ preventScroll: true })
  })
  const focused = () => {
    const row = document.activeElement?.closest<HTMLElement>('[data-index]')
    return row && list.current?.contains(row) ? Number(row.dataset.index) : null
  }
  const move = (step: number) => {
    const now = focused()
    const first = Math.max(0, Math.round((window.scrollY - top) / rowHeight))
    const to = now === null ? first : Math.min(length - 1, Math.max(0, now + step))
    wanted.current = to
    keepInView(top + to * rowHeight, rowHeight)
    list.current?.querySelector<HTMLElement>(`[data-index="${to}"] :is(a[href], button)`)?.focus({
      preventScroll: true,
    })
  }
  const select = () => {
    const now = focused()
    if (now !== null) onToggle(now, false)
  }
  useShortcuts([
    { keys: 'j', label: 'Next request', group: 'List', run: () => move(1), repeats: true },
    { keys: 'k', label: 'Previous request', group: 'List', run: () => move(-1), repeats: true },
    { keys: 'x', label: 'Select', group: 'List', run: select },
    { keys: 'a', label: 'Assign', group: 'List', run: () => onAsk('assign', focused()) },
    { keys: 's', label: 'Move', group: 'List', run: () => onAsk('move', focused()) },
    {
      keys: 'p',
      label: 'Set the priority',
      group: 'List',
      run: () => onAsk('priority', focused()),
    },
  ])
}

/** The heads of page and table lie over the top of the list. */
function keepInView(top: number, height: number): void {
  const covered = 48 + 32
  const bottom = top + height + 40 + covered
  if (top - covered < window.scrollY) window.scrollTo(0, top - covered - height)
  else if (bottom > window.scrollY + window.innerHeight)
    window.scrollTo(0, bottom - window.innerHeight)
}
