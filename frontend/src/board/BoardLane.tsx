import { memo, useCallback, useMemo, useState } from 'react'
import { $api } from '../api/client'
import { boardPath } from '../requests/paths'
import { BoardColumn } from './BoardColumn'
import type { BoardQuery } from './boardQuery'
import { withMoves } from './overlay'
import type { BoardColumn as Column } from './types'

type ColumnProps = Parameters<typeof BoardColumn>[0]
type Shared = Omit<ColumnProps, 'status' | 'count' | 'cards' | 'hours' | 'hasMore' | 'onMore'>

interface Props extends Shared {
  given: Column
  query: BoardQuery
}

/** A column and its cards: the board's first ones, and from where these end as far as somebody scrolls. */
export const BoardLane = memo(function BoardLane({ given, query, ...shared }: Props) {
  const { status } = given
  const { all, overlay } = shared
  const place = JSON.stringify(query)
  const [deepIn, setDeepIn] = useState('')
  const rest = $api.useInfiniteQuery(
    'get',
    boardPath,
    { params: { query: { ...query, status: [status], limit: PAGE } } },
    {
      enabled: deepIn === place,
      initialPageParam: null as string | null,
      pageParamName: 'cursor',
      getNextPageParam: ({ columns }) => columns[0]?.nextCursor ?? undefined,
    },
  )
  const pages = rest.data?.pages
  const column = useMemo(() => {
    const loaded = deepIn === place && pages ? pages.flatMap(({ columns }) => columns) : null
    const cards = loaded?.flatMap((part) => part.cards) ?? given.cards
    // The further cards may be a moment older than the board: it knows where these stand now.
    const here = cards.filter(({ id }) => (all.get(id)?.status ?? status) === status)
    const [moved] = withMoves([{ ...given, cards: here }], overlay, query.sort)
    return moved ?? given
  }, [given, pages, deepIn, place, all, overlay, status, query.sort])
  const isDeep = deepIn === place
  const { hasNextPage, isFetching, fetchNextPage } = rest
  const onMore = useCallback(() => {
    if (!isDeep) setDeepIn(place)
    else if (hasNextPage && !isFetching) fetchNextPage()
  }, [isDeep, place, hasNextPage, isFetching, fetchNextPage])
  return (
    <BoardColumn
      {...shared}
      status={status}
      count={column.count}
      cards={column.cards}
      hours={null}
      hasMore={isDeep ? hasNextPage : given.nextCursor !== null}
      onMore={onMore}
    />
  )
})

const PAGE = 100
