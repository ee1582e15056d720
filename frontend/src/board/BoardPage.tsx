import { useMediaQuery } from '@mantine/hooks'
import { keepPreviousData, useIsFetching } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { $api } from '../api/client'
import { messageOf } from '../api/problem'
import { ListFilters } from '../requests/ListFilters'
import { ListHeader } from '../requests/ListHeader'
import { boardPath } from '../requests/paths'
import { ErrorState, FormMessage } from '../ui/States'
import { Board } from './Board'
import classes from './Board.module.css'
import { BoardSkeleton } from './BoardSkeleton'
import { toBoardQuery } from './boardQuery'
import type { BoardColumn } from './types'

const route = getRouteApi('/shell/board')
const none: BoardColumn[] = []

export function BoardPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const isPhone = useMediaQuery('(max-width: 699px)', undefined, { getInitialValueInEffect: false })
  const board = $api.useQuery(
    'get',
    boardPath,
    { params: { query: toBoardQuery(search) } },
    { placeholderData: keepPreviousData },
  )
  const asking = useIsFetching({ predicate: ({ queryKey }) => queryKey[1] === boardPath })
  const columns = board.data?.columns ?? none
  const at = asking > 0 ? 0 : board.dataUpdatedAt
  const given = useMemo(() => ({ columns, at }), [columns, at])
  const total = columns.reduce((sum, { count }) => sum + count, 0)
  return (
    <div className={classes.page}>
      <ListHeader layout="board" search={search} total={board.data && total} />
      <ListFilters search={search} onChange={(to, replace) => navigate({ search: to, replace })} />
      {board.error && board.data && (
        <FormMessage>What stands here may be old. {messageOf(board.error)}</FormMessage>
      )}
      {board.isPending && <BoardSkeleton />}
      {board.isError && !board.data && (
        <ErrorState error={board.error} onRetry={board.refetch} isRetrying={board.isFetching} />
      )}
      {board.data && <Board given={given} search={search} isPhone={isPhone ?? false} />}
    </div>
  )
}
