import type { ReactNode } from 'react'
import type { Filters } from '../requests/listSearch'

/** One thing that is measured. It has the same colour wherever it is shown. */
export interface Series {
  label: string
  color: string
  /** What tells it apart without colour. */
  mark?: ReactNode
  isDashed?: boolean
  isHatched?: boolean
}

export interface Value {
  /** Null where there is nothing to measure, which is not zero. */
  value: number | null
  /** The requests behind it. */
  filters?: Filters
}

export interface Point {
  /** For the axis. */
  label: string
  /** In full, for the table and for what is told about a mark. */
  title: string
  mark?: ReactNode
  /** Where a row has a colour of its own, as a status has. */
  color?: string
  /** One for each series. */
  values: Value[]
}

export type Form = 'bars' | 'stack' | 'lines' | 'rows'
export type Unit = 'count' | 'days' | 'hours' | 'percent'

/** What a statistic shows, as chart and as table alike. */
export interface ChartModel {
  form: Form
  unit: Unit
  /** What a point is: a week, a vendor. */
  what: string
  series: Series[]
  points: Point[]
  /** What the chart says, in one sentence. */
  answer: string
}

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

export function valueWords(value: number | null, unit: Unit): string {
  if (value === null) return '–'
  const number = numbers.format(value)
  if (unit === 'percent') return `${Math.round(value)} %`
  return unit === 'days' ? `${number} d` : unit === 'hours' ? `${number} h` : number
}

/** No count is nothing; no days and no per cent are an answer. */
export function isEmpty({ points, unit }: ChartModel): boolean {
  const nothing = unit === 'count' ? [null, 0] : [null]
  return points.every(({ values }) => values.every(({ value }) => nothing.includes(value)))
}
