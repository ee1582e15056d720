import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { fieldOf, useStudyTypes } from '../../study/queries'
import { type AnyColumn, isFieldName, type ListSearch } from '../listSearch'
import { type Column, fieldColumn, fitting, columns as known } from './columns'
import { rememberedColumns } from './rememberedColumns'

export type Shown = Column & { name: AnyColumn }

/** The same columns stay the same, so that rows need not be drawn anew. */
export function useShown(names: readonly AnyColumn[]): Shown[] {
  const types = useStudyTypes(names.some(isFieldName))
  return useMemo(
    () =>
      names.map((name) => ({
        ...(isFieldName(name) ? fieldColumn(name, fieldOf(types, name)) : known[name]),
        name,
      })),
    [names, types],
  )
}

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
