import { keepPreviousData } from '@tanstack/react-query'
import { $api } from '../api/client'
import type { ChartName } from './chartNames'
import type { ChartModel } from './model'
import * as models from './models'
import { Report } from './Report'
import { type ReportSearch, toStatisticsQuery } from './reportSearch'

interface Props {
  name: ChartName
  search: ReportSearch
  onTable: (isTable: boolean) => void
}

// biome-ignore lint/suspicious/noExplicitAny: each model takes the answer of its own path, one line below
type ToModel = (answer: any) => ChartModel

const toModels: Record<ChartName, ToModel> = {
  throughput: models.throughput,
  'open-work': models.openWork,
  'cycle-time': models.cycleTime,
  'time-in-status': models.timeInStatus,
  'by-vendor': models.byVendor,
  'by-priority': models.byPriority,
  'first-time-right': models.firstTimeRight,
  estimates: models.estimates,
}

export function Chart({ name, search, onTable }: Props) {
  const query = $api.useQuery(
    'get',
    `/api/statistics/${name}` as '/api/statistics/throughput',
    { params: { query: toStatisticsQuery(search) } },
    { placeholderData: keepPreviousData, staleTime: 60_000 },
  )
  return (
    <Report
      name={name}
      search={search}
      model={query.data && toModels[name](query.data)}
      error={query.error}
      isRetrying={query.isFetching}
      isStale={query.isPlaceholderData}
      onRetry={query.refetch}
      onTable={onTable}
    />
  )
}
