import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi, useLocation } from '@tanstack/react-router'
import { $api } from '../api/client'
import { ListFilters } from './ListFilters'
import { ListHeader } from './ListHeader'
import { type ListSearch, pageSize, toCountQuery, toListQuery } from './listSearch'
import { Paging } from './Paging'
import { RequestList } from './RequestList'
import classes from './RequestsPage.module.css'

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
      <ListHeader layout="list" search={search} total={total} />
      <ListFilters search={search} onChange={(to, replace) => show(to, [], replace)} />
      <div
        className={classes.body}
        aria-busy={list.isFetching}
        data-stale={list.isPlaceholderData || undefined}
      >
        <RequestList list={list} search={search} onSort={(to) => show(to)} />
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
