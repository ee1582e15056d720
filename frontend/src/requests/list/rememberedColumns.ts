import { useSyncExternalStore } from 'react'
import { type ColumnName, columnNames, parseListSearch } from '../listSearch'
import { usualColumns } from './columns'

const NAME = 'sim-flow:columns'

function read(): ColumnName[] {
  try {
    const columns = JSON.parse(localStorage.getItem(NAME) ?? 'null')
    const known = parseListSearch({ columns }).columns ?? usualColumns
    return columnNames.filter((name) => known.includes(name))
  } catch {
    return usualColumns
  }
}

let now = read()
const listeners = new Set<() => void>()

/** The columns somebody chose last, in this browser; fields of simulation data stand in the address alone. */
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
