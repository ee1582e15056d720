import { IconAdjustmentsHorizontal, IconDownload } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, useState } from 'react'
import { Flyout } from '../../ui/Flyout'
import { ErrorState } from '../../ui/States'
import { SaveViewButton } from '../../views/SaveViewButton'
import { ListFilters } from '../ListFilters'
import { ListHeader } from '../ListHeader'
import type { ListSearch } from '../listSearch'
import { countOptions } from '../queries'
import { RequestList } from './RequestList'
import classes from './RequestList.module.css'
import { useSettled } from './useSections'

const ExportMenu = lazy(() => import('./ExportMenu'))
const ListMenu = lazy(() => import('./ListMenu'))

interface Props {
  search: ListSearch
  onSearch: (search: ListSearch, replace?: boolean) => void
  /** A saved view's name, and what can be done with it. */
  title?: string
  actions?: ReactNode
}

/** The list with its header and its filters. */
export function RequestsView({ search, onSearch, title, actions }: Props) {
  const [isSelecting, setSelecting] = useState(false)
  const { settled, isSettled, error, isFetching, retry } = useSettled(search)
  const counts = useQuery({ ...countOptions(search), placeholderData: keepPreviousData })
  return (
    <>
      <ListHeader
        layout="list"
        search={search}
        total={counts.data?.total}
        title={title}
        actions={actions}
      />
      <ListFilters search={search} onChange={onSearch}>
        {!title && <SaveViewButton search={search} layout="list" />}
        <Flyout
          label="What the list shows"
          buttonClass={classes.tool}
          buttonLabel="Columns, groups and order"
          title="Columns, groups and order"
          button={<IconAdjustmentsHorizontal size={16} aria-hidden />}
        >
          {(close) => (
            <ListMenu
              search={search}
              onChange={onSearch}
              onSelect={() => {
                close()
                setSelecting(true)
              }}
            />
          )}
        </Flyout>
        <Flyout
          label="Export"
          buttonClass={classes.tool}
          buttonLabel="Export"
          title="Export"
          button={<IconDownload size={16} aria-hidden />}
        >
          {() => <ExportMenu search={search} />}
        </Flyout>
      </ListFilters>
      <div
        className={classes.body}
        aria-busy={isFetching}
        data-stale={(!isSettled && !error) || undefined}
      >
        {error ? (
          <ErrorState error={error} onRetry={retry} isRetrying={isFetching} />
        ) : (
          <RequestList
            search={settled}
            onSort={onSearch}
            isSelecting={isSelecting}
            onSelecting={setSelecting}
          />
        )}
      </div>
    </>
  )
}
