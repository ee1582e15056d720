import { useMediaQuery } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi, Link, useLocation } from '@tanstack/react-router'
import { $api } from '../api/client'
import type { Request } from '../api/types'
import { PageHeader } from '../ui/PageHeader'
import { EmptyState, ErrorState } from '../ui/States'
import { ListFilters } from './ListFilters'
import { isFiltered, type ListSearch, pageSize, toCountQuery, toListQuery } from './listSearch'
import { Paging } from './Paging'
import { RequestRows, RowsSkeleton } from './RequestRows'
import classes from './RequestsPage.module.css'
import { RequestTable, TableSkeleton } from './RequestTable'

const route = getRouteApi('/shell/requests')

export function RequestsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const cursorsBefore = useLocation({ select: (location) => location.state.cursorsBefore ?? [] })
  const list = $api.useQuery(
    'get',
    '/api/requests',
    { params: { query: toListQuery(search) } },
    { placeholderData: keepPreviousData },
  )
  const counts = $api.useQuery(
    'get',
    '/api/requests/counts',
    { params: { query: toCountQuery(search) } },
    { placeholderData: keepPreviousData },
  )
  const show = (to: ListSearch, before: string[] = [], replace = false) =>
    navigate({ search: to, state: { cursorsBefore: before }, replace, resetScroll: true })
  const total = counts.data?.total
  return (
    <>
      <PageHeader
        title="Requests"
        note={total !== undefined && <Total total={total} filtered={isFiltered(search)} />}
      />
      <ListFilters search={search} onChange={(to, replace) => show(to, [], replace)} />
      <div
        className={classes.body}
        aria-busy={list.isFetching}
        data-stale={list.isPlaceholderData || undefined}
      >
        <ListBody list={list} search={search} onSort={(to) => show(to)} />
      </div>
      {list.data && (list.data.nextCursor || search.cursor) && (
        <Paging
          place={{ search, cursorsBefore }}
          nextCursor={list.data.nextCursor}
          pages={total === undefined ? undefined : Math.ceil(total / pageSize)}
          onMove={(place) => show(place.search, place.cursorsBefore)}
        />
      )}
    </>
  )
}

function Total({ total, filtered }: { total: number; filtered: boolean }) {
  const count = total.toLocaleString('en')
  return (
    <span role="status">
      {count} {filtered ? 'found' : 'in all'}
    </span>
  )
}

interface BodyProps {
  list: {
    data?: { requests: Request[] }
    error: unknown
    isPending: boolean
    isFetching: boolean
    refetch: () => void
  }
  search: ListSearch
  onSort: (search: ListSearch) => void
}

function ListBody({ list, search, onSort }: BodyProps) {
  const narrow = useMediaQuery('(max-width: 699px)', undefined, { getInitialValueInEffect: false })
  if (list.isPending) return narrow ? <RowsSkeleton /> : <TableSkeleton />
  if (list.error || !list.data) {
    return <ErrorState error={list.error} onRetry={list.refetch} isRetrying={list.isFetching} />
  }
  const { requests } = list.data
  if (requests.length === 0) return <Nothing search={search} />
  return narrow ? (
    <RequestRows requests={requests} search={search} />
  ) : (
    <RequestTable requests={requests} search={search} onSort={onSort} />
  )
}

function Nothing({ search }: { search: ListSearch }) {
  if (search.cursor) {
    return (
      <EmptyState
        action={
          <Link to="/requests" search={{ ...search, cursor: undefined, page: undefined }}>
            Go to the first page
          </Link>
        }
      >
        There is nothing on this page any more.
      </EmptyState>
    )
  }
  if (isFiltered(search)) {
    return (
      <EmptyState
        action={
          <Link to="/requests" search={{ sort: search.sort }}>
            Show everything
          </Link>
        }
      >
        No request matches the search and the filters.
      </EmptyState>
    )
  }
  return (
    <EmptyState action={<Link to="/requests/new">Submit the first one</Link>}>
      The simulation requests that you may see will stand here.
    </EmptyState>
  )
}
