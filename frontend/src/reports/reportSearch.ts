import { type Filters, filtersOf, parseFilters } from '../requests/listSearch'
import { type ChartName, chartNames } from './chartNames'
import { dateOf, defaultSpan, type Span, type SpanName, spanNames, spanOf } from './spans'

/** What the reports show, exactly as it stands in the address. */
export interface ReportSearch extends Filters {
  span?: SpanName
  /** Days of one's own, instead of a named span. */
  from?: string
  to?: string
  /** The charts that are shown as tables. */
  table?: ChartName[]
}

function one<T extends string>(value: unknown, known: readonly T[]): T | undefined {
  return known.find((name) => name === value)
}

function day(value: unknown): string | undefined {
  return typeof value === 'string' && dateOf(value) ? value : undefined
}

export function parseReportSearch(raw: Record<string, unknown>): ReportSearch {
  const from = day(raw.from)
  const to = day(raw.to)
  const own = from && to && from < to ? { from, to } : undefined
  const span = own ? undefined : one(raw.span, spanNames)
  const table = chartNames.filter((name) => [raw.table].flat().includes(name))
  return {
    ...parseFilters(raw),
    span: span === defaultSpan ? undefined : span,
    ...own,
    table: table.length > 0 ? table : undefined,
  }
}

export function spanIn({ from, to, span }: ReportSearch, today = new Date()): Span {
  return from && to ? { from, to } : spanOf(span ?? defaultSpan, today)
}

/** What every statistic is asked with. */
export function toStatisticsQuery(search: ReportSearch) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return { ...filtersOf(search), ...spanIn(search), timeZone }
}
