import { NativeSelect } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { $api } from '../api/client'
import { messageOf } from '../api/problem'
import { ListFilters } from '../requests/ListFilters'
import { ListHeader } from '../requests/ListHeader'
import { type ListSearch, toCountQuery, withoutFilters } from '../requests/listSearch'
import { timelinePath } from '../requests/paths'
import { EmptyState, ErrorState, FormMessage } from '../ui/States'
import { type ShownSearch, shownWeeks, spans } from './search'
import { TimelineChart } from './TimelineChart'
import { TimelineSkeleton } from './TimelineSkeleton'

const route = getRouteApi('/shell/timeline')

export function TimelinePage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const weeks = shownWeeks(search)
  const filters = toCountQuery(search)
  const timeline = $api.useQuery(
    'get',
    timelinePath,
    { params: { query: { ...filters, weeks } } },
    { placeholderData: keepPreviousData },
  )
  const show = (to: ShownSearch, replace = false) => navigate({ search: to, replace })
  const total = timeline.data?.engineers.reduce((sum, { items }) => sum + items.length, 0)
  const narrow = (to: ListSearch, replace?: boolean) =>
    show({ ...to, weeks: search.weeks }, replace)
  return (
    <>
      <ListHeader layout="timeline" search={search} total={total} />
      <ListFilters search={search} onChange={narrow}>
        <NativeSelect
          size="xs"
          aria-label="Weeks shown"
          value={String(weeks)}
          data={spans.map((span) => ({ value: String(span), label: `${span} weeks` }))}
          onChange={({ currentTarget }) => show({ ...search, weeks: Number(currentTarget.value) })}
        />
      </ListFilters>
      {timeline.isPending && <TimelineSkeleton />}
      {timeline.isError && !timeline.data && (
        <ErrorState
          error={timeline.error}
          onRetry={timeline.refetch}
          isRetrying={timeline.isFetching}
        />
      )}
      {timeline.isError && timeline.data && (
        <FormMessage>What stands here may be old. {messageOf(timeline.error)}</FormMessage>
      )}
      {timeline.data && timeline.data.engineers.length === 0 && (
        <EmptyState
          action={
            <button type="button" onClick={() => show(withoutFilters(search))}>
              Show everything
            </button>
          }
        >
          Open work that has an engineer will be laid out here over the weeks to come. Nothing
          matches.
        </EmptyState>
      )}
      {timeline.data && timeline.data.engineers.length > 0 && (
        <TimelineChart timeline={timeline.data} weeks={weeks} search={search} />
      )}
    </>
  )
}
