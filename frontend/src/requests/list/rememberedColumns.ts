import { useSyncExternalStore } from 'react'
import { type ColumnName, parseListSearch } from '../listSearch'
import { usualColumns } from './columns'

const NAME = 'sim-flow:columns'

function read(): ColumnName[] {
  try {
    const columns = JSON.parse(localStorage.getItem(NAME) ?? 'null')
    return parseListSearch({ columns }).columns ?? usualColumns
  } catch {
    return usualColumns
  }
}

let now = read()
const listeners = new Set<() => void>()

/** The columns somebody chose last, in this browser. */
export const rememberedColumns = {
  set(columns: ColumnName[]) {
    now = columns
    for (const tell of listeners) tell()
    try {
      localStorage.setItem(NAME, JSON.stringify(columns))
    } catch {
      // They hold until the reload.
    }
  },
  use: () =>
    useSyncExternalStore(
      (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      () => now,
    ),
}
