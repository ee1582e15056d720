import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ErrorState } from '../../ui/States'
import { ListFilters } from '../ListFilters'
import { ListHeader } from '../ListHeader'
import type { ListSearch } from '../listSearch'
import { RequestList } from './RequestList'
import classes from './RequestList.module.css'
import { countOptions, useSettled } from './useSections'

interface Props {
  search: ListSearch
  onSearch: (search: ListSearch, replace?: boolean) => void
}

/** The list with its header and its filters. */
export function RequestsView({ search, onSearch }: Props) {
  const { settled, isSettled, error, isFetching, retry } = useSettled(search)
  const counts = useQuery({ ...countOptions(search), placeholderData: keepPreviousData })
  return (
    <>
      <ListHeader layout="list" search={search} total={counts.data?.total} />
      <ListFilters search={search} onChange={onSearch} />
      <div
        className={classes.body}
        aria-busy={isFetching}
        data-stale={(!isSettled && !error) || undefined}
      >
        {error ? (
          <ErrorState error={error} onRetry={retry} isRetrying={isFetching} />
        ) : (
          <RequestList search={settled} onSort={onSearch} />
        )}
      </div>
    </>
  )
}
