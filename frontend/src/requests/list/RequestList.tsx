import { useMediaQuery } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { lazy, type MouseEvent, Suspense, useMemo, useState } from 'react'
import { messageOf } from '../../api/problem'
import { density } from '../../app/preferences'
import { keepFocus } from '../../ui/focus'
import { EmptyState, FormMessage } from '../../ui/States'
import {
  type FieldName,
  isFieldName,
  isFiltered,
  type ListSearch,
  withoutFilters,
} from '../listSearch'
import { keepsTrail } from '../trail'
import type { Asking } from './BulkDialogs'
import classes from './RequestList.module.css'
import { RequestRows, RowsSkeleton } from './RequestRows'
import { RequestTable, TableSkeleton } from './RequestTable'
import { lengthOf, type Section } from './sections'
import { type Bulk, useBulk } from './useBulk'
import { useColumns } from './useColumns'
import { useListKeys } from './useListKeys'
import { useRows } from './useRows'
import { placeOf, useSections } from './useSections'

// Only who selects something needs what can be done with it.
const BulkBar = lazy(() => import('./BulkBar'))
const BulkDialogs = lazy(() => import('./BulkDialogs'))
const BulkOutcome = lazy(() => import('./BulkOutcome'))

interface Props {
  search: ListSearch
  onSort: (search: ListSearch) => void
  /** Boxes stand before the rows, though none may be selected yet. */
  isSelecting: boolean
  onSelecting: (isSelecting: boolean) => void
}

/** The height of a row on a phone; elsewhere the density decides. */
const PHONE_ROW = 60
/** The line that fields of the simulation data have in it. */
const PHONE_FIELDS = 20
const rowHeights = { compact: 36, comfortable: 44 }

export function RequestList({ search, onSort, isSelecting, onSelecting }: Props) {
  const bulk = useBulk()
  const dense = density.use()
  const narrow = useMediaQuery('(max-width: 699px)', undefined, { getInitialValueInEffect: false })
  const { sections, fold } = useSections(search)
  const columns = useColumns(search)
  const chosen = search.columns
  const fields = useMemo(() => chosen?.filter(isFieldName) ?? [], [chosen])
  const phoneRow = PHONE_ROW + (fields.length > 0 ? PHONE_FIELDS : 0)
  const rowHeight = narrow ? phoneRow : rowHeights[dense]
  const style = { '--row': `${rowHeight}px` } as React.CSSProperties
  const isEmpty = sections && lengthOf(sections) === 0
  return (
    <div ref={columns.place} style={style}>
      {isEmpty ? (
        <Nothing search={search} />
      ) : sections ? (
        <Listed
          {...{ sections, search, onSort, fold, narrow, rowHeight, bulk, isSelecting, onSelecting }}
          fields={fields}
          columns={columns.shown}
        />
      ) : narrow ? (
        <RowsSkeleton />
      ) : (
        <TableSkeleton columns={columns.shown} search={search} />
      )}
      {/* Here, because the last row may just have left the list. */}
      {bulk.outcome && (
        <Suspense>
          <BulkOutcome outcome={bulk.outcome} onClose={bulk.forget} />
        </Suspense>
      )}
    </div>
  )
}

interface ListedProps extends Props {
  sections: Section[]
  fold: (section: Section) => void
  narrow: boolean | undefined
  rowHeight: number
  bulk: Bulk
  columns: ReturnType<typeof useColumns>['shown']
  /** Fields of the simulation data that were asked for. */
  fields: readonly FieldName[]
}

function Listed(props: ListedProps) {
  const { sections, search, onSort, fold, narrow, rowHeight, columns, fields, bulk } = props
  const { isSelecting, onSelecting } = props
  const options = { sections, search, place: placeOf(search), rowHeight }
  const { rows, list, held, selection, keys, requestAt, top, error } = useRows(options)
  const [asking, setAsking] = useState<Asking | null>(null)
  const ask = (what: Asking['what'], index: number | null) => {
    const focused = index === null ? undefined : requestAt(index)
    const selected = [...selection.selected.values()]
    const requests = selected.length > 0 ? selected : focused ? [focused] : []
    if (requests.length > 0) setAsking({ what, requests })
  }
  useListKeys({
    list,
    length: rows.length,
    top,
    rowHeight,
    onToggle: selection.toggle,
    onAsk: ask,
  })
  const end = () => {
    selection.clear()
    onSelecting(false)
  }
  // One listener for all rows: they come and go by the thousand.
  const onClick = (event: MouseEvent) => {
    const box = (event.target as Element).closest('input[type=checkbox]')
    const row = box?.closest<HTMLElement>('[data-index]')
    if (row) selection.toggle(Number(row.dataset.index), event.shiftKey)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the boxes in it are what is clicked, and take keys themselves.
    // biome-ignore lint/a11y/noStaticElementInteractions: as above.
    <div ref={list} onClick={onClick} onClickCapture={keepsTrail(keys)} {...held.hold}>
      {error !== null && <FormMessage>What stands here may be old. {messageOf(error)}</FormMessage>}
      {narrow ? (
        <RequestRows {...{ rows, fields, isSelecting }} onFold={fold} />
      ) : (
        <RequestTable {...{ rows, columns, search, onSort }} onFold={fold} />
      )}
      <Waiting changes={held.waiting} onShow={held.show} />
      <Suspense>
        {(isSelecting || selection.selected.size > 0) && (
          <BulkBar {...{ selection, search, bulk }} onAsk={(what) => ask(what, null)} onEnd={end} />
        )}
        {asking && <BulkDialogs {...{ asking, bulk }} onClose={() => setAsking(null)} />}
      </Suspense>
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
