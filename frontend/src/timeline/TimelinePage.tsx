import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { messageOf } from '../api/problem'
import { ListFilters } from '../requests/ListFilters'
import { ListHeader } from '../requests/ListHeader'
import { type ListSearch, toCountQuery, withoutFilters } from '../requests/listSearch'
import { PlainSelect } from '../ui/PlainSelect'
import { EmptyState, ErrorState, FormMessage } from '../ui/States'
import { SaveViewButton } from '../views/SaveViewButton'
import { engineersOf, newest } from './loaded'
import { More } from './More'
import { type ShownSearch, shownWeeks, spans } from './search'
import { TimelineChart } from './TimelineChart'
import { TimelineSkeleton } from './TimelineSkeleton'
import { Unassigned } from './Unassigned'
import { useEngineers } from './useEngineers'

const route = getRouteApi('/shell/timeline')

export function TimelinePage() {
  const navigate = route.useNavigate()
  return (
    <TimelineView
      search={route.useSearch()}
      onSearch={(search, replace) => navigate({ search, replace })}
    />
  )
}

interface Props {
  search: ShownSearch
  onSearch: (search: ShownSearch, replace?: boolean) => void
  /** A saved view's name, and what can be done with it. */
  title?: string
  actions?: ReactNode
}

export function TimelineView({ search, onSearch: show, title, actions }: Props) {
  const weeks = shownWeeks(search)
  const filters = toCountQuery(search)
  const { weeks: _, ...narrowed } = search
  const timeline = useEngineers({ ...filters, weeks })
  const { loaded, error } = timeline
  const engineers = useMemo(() => engineersOf(loaded), [loaded])
  const laidOut = newest(loaded)
  const hasMore = Boolean(loaded.at(-1)?.page.nextCursor)
  const shown = engineers.flat().reduce((sum, { items }) => sum + items.length, 0)
  const narrow = (to: ListSearch, replace?: boolean) =>
    show({ ...to, weeks: search.weeks }, replace)
  return (
    <>
      <ListHeader
        layout="timeline"
        total={laidOut && !hasMore && !timeline.isOld ? shown : undefined}
        {...{ search, title, actions }}
      />
      <ListFilters search={search} onChange={narrow}>
        {!title && <SaveViewButton search={search} layout="timeline" />}
        <PlainSelect
          label="Weeks shown"
          value={String(weeks)}
          options={spans.map((span) => ({ value: String(span), label: `${span} weeks` }))}
          onChange={(span) => show({ ...search, weeks: Number(span) })}
        />
      </ListFilters>
      {!laidOut && !error && <TimelineSkeleton />}
      {!laidOut && error && (
        <ErrorState error={error} onRetry={timeline.retry} isRetrying={timeline.isFetching} />
      )}
      {laidOut && error && (
        <FormMessage>What stands here may be old. {messageOf(error)}</FormMessage>
      )}
      {laidOut && shown === 0 && (
        <EmptyState
          action={
            <button type="button" onClick={() => show(withoutFilters(search))}>
              Show everything
            </button>
          }
        >
          Open work that has an engineer is laid out here. Nothing that matches falls into the next{' '}
          {weeks} weeks.
        </EmptyState>
      )}
      {laidOut && shown > 0 && (
        <TimelineChart
          timeline={laidOut}
          engineers={engineers}
          weeks={weeks}
          onNear={timeline.onNear}
        />
      )}
      {hasMore && (
        <More
          isLoading={timeline.isLoadingMore}
          hasFailed={timeline.hasFailedMore}
          onMore={timeline.more}
        />
      )}
      {laidOut && <Unassigned search={narrowed} />}
    </>
  )
}
