import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { $api } from '../api/client'
import { messageOf } from '../api/problem'
import type { components } from '../api/schema'
import { ListFilters } from '../requests/ListFilters'
import { ListHeader } from '../requests/ListHeader'
import { type ListSearch, toCountQuery, withoutFilters } from '../requests/listSearch'
import { timelinePath } from '../requests/paths'
import { PlainSelect } from '../ui/PlainSelect'
import { EmptyState, ErrorState, FormMessage } from '../ui/States'
import { SaveViewButton } from '../views/SaveViewButton'
import { More } from './More'
import { type ShownSearch, shownWeeks, spans } from './search'
import { TimelineChart } from './TimelineChart'
import { TimelineSkeleton } from './TimelineSkeleton'
import { Unassigned } from './Unassigned'

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
  const timeline = $api.useInfiniteQuery(
    'get',
    timelinePath,
    { params: { query: { ...filters, weeks } } },
    {
      initialPageParam: null as string | null,
      pageParamName: 'cursor',
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    },
  )
  const { hasNextPage } = timeline
  const laidOut = useMemo(() => joined(timeline.data?.pages), [timeline.data])
  const shown = laidOut?.engineers.reduce((sum, { items }) => sum + items.length, 0)
  const narrow = (to: ListSearch, replace?: boolean) =>
    show({ ...to, weeks: search.weeks }, replace)
  return (
    <>
      <ListHeader
        layout="timeline"
        total={hasNextPage ? undefined : shown}
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
      {laidOut && laidOut.engineers.length === 0 && (
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
      {laidOut && laidOut.engineers.length > 0 && (
        <TimelineChart timeline={laidOut} weeks={weeks} />
      )}
      {hasNextPage && (
        <More
          isLoading={timeline.isFetchingNextPage}
          hasFailed={timeline.isFetchNextPageError}
          onMore={timeline.fetchNextPage}
        />
      )}
      {laidOut && <Unassigned search={narrowed} />}
    </>
  )
}

type Page = components['schemas']['Timeline']

/** All that was loaded. A page that was asked for later may have an engineer again who is called otherwise since. */
function joined(pages: Page[] | undefined): Page | undefined {
  const last = pages?.at(-1)
  if (!pages || !last) return undefined
  const engineers = new Map(
    pages.flatMap((page) => page.engineers).map((engineer) => [engineer.engineerId, engineer]),
  )
  return { ...last, engineers: [...engineers.values()] }
}
