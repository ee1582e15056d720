import { UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { messageOf } from '../api/problem'
import type { Request } from '../api/types'
import { keepFocus } from '../ui/focus'
import { EmptyState, ErrorState, FormMessage } from '../ui/States'
import { isFiltered, type ListSearch, withoutFilters } from './listSearch'
import { RequestRows, RowsSkeleton } from './RequestRows'
import classes from './RequestsPage.module.css'
import { RequestTable, TableSkeleton } from './RequestTable'
import { useHeldOrder } from './useHeldOrder'

interface Props {
  list: {
    data?: { requests: Request[] }
    error: unknown
    isPending: boolean
    isFetching: boolean
    isPlaceholderData: boolean
    refetch: () => void
  }
  search: ListSearch
  onSort: (search: ListSearch) => void
}

const none: Request[] = []

export function RequestList({ list, search, onSort }: Props) {
  const narrow = useMediaQuery('(max-width: 699px)', undefined, { getInitialValueInEffect: false })
  const isThere = list.data && !list.isPlaceholderData
  const { rows, waiting, show, isNew, hold } = useHeldOrder(
    list.data?.requests ?? none,
    isThere ? JSON.stringify(search) : '',
  )
  if (list.isPending) return narrow ? <RowsSkeleton /> : <TableSkeleton />
  if (!list.data) {
    return <ErrorState error={list.error} onRetry={list.refetch} isRetrying={list.isFetching} />
  }
  if (rows.length === 0) return <Nothing search={search} />
  return (
    <div {...hold}>
      {list.error !== null && (
        <FormMessage>What stands here may be old. {messageOf(list.error)}</FormMessage>
      )}
      {narrow ? (
        <RequestRows requests={rows} {...{ search, isNew }} />
      ) : (
        <RequestTable requests={rows} {...{ search, onSort, isNew }} />
      )}
      <Waiting changes={waiting} onShow={show} />
    </div>
  )
}

/** Says quietly that there is something newer, without moving what is being read. */
function Waiting({ changes, onShow }: { changes: number; onShow: () => void }) {
  const take = () => {
    onShow()
    requestAnimationFrame(() => keepFocus())
  }
  return (
    <div role="status" className={classes.waiting} data-shown={changes > 0 || undefined}>
      {changes > 0 && (
        <>
          {changes === 1 ? '1 change' : `${changes} changes`}
          <UnstyledButton className={classes.show} onClick={take}>
            Show
          </UnstyledButton>
        </>
      )}
    </div>
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
          <Link to="/requests" search={withoutFilters(search)}>
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
