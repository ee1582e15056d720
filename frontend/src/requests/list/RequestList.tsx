import { useMediaQuery } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { lazy, type MouseEvent, Suspense } from 'react'
import { messageOf } from '../../api/problem'
import { keepFocus } from '../../ui/focus'
import { EmptyState, FormMessage } from '../../ui/States'
import { isFiltered, type ListSearch, withoutFilters } from '../listSearch'
import classes from './RequestList.module.css'
import { RequestRows, RowsSkeleton } from './RequestRows'
import { RequestTable, TableSkeleton } from './RequestTable'
import { lengthOf, type Section } from './sections'
import { useColumns } from './useColumns'
import { useListKeys } from './useListKeys'
import { useRows } from './useRows'
import { placeOf, useSections } from './useSections'

// Only who selects something needs what can be done with it.
const BulkBar = lazy(() => import('./BulkBar'))

interface Props {
  search: ListSearch
  onSort: (search: ListSearch) => void
}

/** The height of a row on a phone; elsewhere the density decides. */
const PHONE_ROW = 60
const ROW = 36

export function RequestList({ search, onSort }: Props) {
  const narrow = useMediaQuery('(max-width: 699px)', undefined, { getInitialValueInEffect: false })
  const { sections, fold } = useSections(search)
  const columns = useColumns(search)
  const rowHeight = narrow ? PHONE_ROW : ROW
  const style = { '--row': `${rowHeight}px` } as React.CSSProperties
  const isEmpty = sections && lengthOf(sections) === 0
  return (
    <div ref={columns.place} style={style}>
      {isEmpty ? (
        <Nothing search={search} />
      ) : sections ? (
        <Listed
          {...{ sections, search, onSort, fold, narrow, rowHeight }}
          columns={columns.shown}
        />
      ) : narrow ? (
        <RowsSkeleton />
      ) : (
        <TableSkeleton columns={columns.shown} search={search} />
      )}
    </div>
  )
}

interface ListedProps extends Props {
  sections: Section[]
  fold: (section: Section) => void
  narrow: boolean | undefined
  rowHeight: number
  columns: ReturnType<typeof useColumns>['shown']
}

function Listed({ sections, search, onSort, fold, narrow, rowHeight, columns }: ListedProps) {
  const options = { sections, search, place: placeOf(search), rowHeight }
  const { rows, list, held, selection, virtualizer, error } = useRows(options)
  useListKeys({ list, length: rows.length, virtualizer, onToggle: selection.toggle })
  // One listener for all rows: they come and go by the thousand.
  const onClick = (event: MouseEvent) => {
    const box = (event.target as Element).closest('input[type=checkbox]')
    const row = box?.closest<HTMLElement>('[data-index]')
    if (row) selection.toggle(Number(row.dataset.index), event.shiftKey)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the boxes in it are what is clicked, and take keys themselves.
    // biome-ignore lint/a11y/noStaticElementInteractions: as above.
    <div ref={list} onClick={onClick} {...held.hold}>
      {error !== null && <FormMessage>What stands here may be old. {messageOf(error)}</FormMessage>}
      {narrow ? (
        <RequestRows {...{ rows, search }} onFold={fold} />
      ) : (
        <RequestTable {...{ rows, columns, search, onSort }} onFold={fold} />
      )}
      <Waiting changes={held.waiting} onShow={held.show} />
      {selection.selected.size > 0 && (
        <Suspense>
          <BulkBar selection={selection} search={search} />
        </Suspense>
      )}
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
          {changes === 1 ? '1 change' : `${changes.toLocaleString('en')} changes`}
          <button type="button" className={classes.show} onClick={take}>
            Show
          </button>
        </>
      )}
    </div>
  )
}

function Nothing({ search }: { search: ListSearch }) {
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
