import { stringifySearch } from '../app/searchParams'
import type { ChartName } from './chartNames'
import { type ReportSearch, toStatisticsQuery } from './reportSearch'

export function exportHref(name: ChartName, search: ReportSearch, format: 'csv' | 'xlsx'): string {
  const query = stringifySearch({ ...toStatisticsQuery(search), format })
  return `/api/statistics/${name}/export${query}`
}
