import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { AnyColumn, ListSearch } from '../listSearch'
import { fitting } from './columns'
import { rememberedColumns } from './rememberedColumns'

/** The columns to show: those of the address, else those chosen before, as far as there is room. */
export function useColumns(search: ListSearch) {
  const place = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(() => document.documentElement.clientWidth)
  useLayoutEffect(() => {
    const box = place.current
    if (!box) return
    const measure = () => setWidth(box.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    return () => observer.disconnect()
  }, [])
  const remembered = rememberedColumns.use()
  const chosen: readonly AnyColumn[] = search.columns ?? remembered
  const shown = useMemo(() => fitting(chosen, width), [chosen, width])
  return { place, shown }
}
