import { IconArrowDown, IconArrowUp, IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { Request } from '../../api/types'
import { useChangeMark } from '../../ui/useChangeMark'
import { type AnyColumn, changed, type ListSearch, sortOf, toggledSort } from '../listSearch'
import { Tags } from '../Tags'
import { fromHere } from '../trail'
import type { Column } from './columns'
import classes from './RequestTable.module.css'
import type { Section } from './sections'
import { type Shown, useShown } from './useColumns'
import type { Rows } from './useRows'

interface Props {
  rows: Rows
  columns: AnyColumn[]
  search: ListSearch
  onSort: (search: ListSearch) => void
  onFold: (section: Section) => void
}

/** The rows in view; what is above and below them is only as high as it would be. */
export function RequestTable({ rows, columns: names, search, onSort, onFold }: Props) {
  const columns = useShown(names)
  const { items, before, after, length } = rows
  const width = columns.length + 3
  return (
    <table className={classes.table} aria-rowcount={length + 1} aria-label="Requests">
      <TableHead {...{ columns, search, onSort, rows }} />
      <tbody>
        <Space height={before} width={width} />
        {items.map(({ item, request }) => {
          if (item.kind === 'head')
            return (
              <GroupHead
                key={item.section.id}
                section={item.section}
                index={item.index}
                {...{ width, onFold }}
              />
            )
          if (!request)
            return <Ghost key={`ghost ${item.index}`} {...{ columns }} at={item.index} />
          return (
            <Row
              key={`${item.section.id} ${request.id}`}
              isNew={rows.isNew(request.id)}
              isSelected={rows.selection.has(request.id)}
              index={item.index}
              {...{ request, columns }}
            />
          )
        })}
        <Space height={after} width={width} />
      </tbody>
    </table>
  )
}

function Space({ height, width }: { height: number; width: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden className={classes.space}>
      <td colSpan={width} style={{ height }} />
    </tr>
  )
}

interface HeadProps {
  columns: Shown[]
  search: ListSearch
  onSort: (search: ListSearch) => void
  rows?: Rows
}

function TableHead({ columns, search, onSort, rows }: HeadProps) {
  return (
    <thead>
      <tr>
        <th scope="col" className={classes.select}>
          {rows && (
            <input
              type="checkbox"
              aria-label="Select the rows that are loaded"
              checked={rows.selection.size > 0}
              ref={(box) => {
                if (box) box.indeterminate = rows.selection.size > 0 && !rows.isAllSelected
              }}
              onChange={rows.toggleAll}
            />
          )}
        </th>
        <ColumnHead
          column={{ label: 'Key', width: 98, sort: 'key', cell: () => null }}
          {...{ search, onSort }}
        />
        <ColumnHead column={{ label: 'Title', sort: 'title' }} {...{ search, onSort }} />
        {columns.map((column) => (
          <ColumnHead key={column.name} {...{ column, search, onSort }} />
        ))}
        <th aria-hidden className={classes.end} />
      </tr>
    </thead>
  )
}

interface ColumnHeadProps {
  column: Partial<Column> & { label: string }
  search: ListSearch
  onSort: (search: ListSearch) => void
}

function ColumnHead({ column, search, onSort }: ColumnHeadProps) {
  const { label, width, sort, isNumber } = column
  const { field, descending } = sortOf(search)
  const isSorted = sort !== undefined && field === sort
  const Arrow = descending ? IconArrowDown : IconArrowUp
  const order = descending ? 'descending' : 'ascending'
  return (
    <th
      scope="col"
      style={{ width }}
      title={label}
      data-number={isNumber || undefined}
      aria-sort={isSorted ? order : undefined}
    >
      {sort ? (
        <button
          type="button"
          className={classes.sort}
          onClick={() => onSort(changed(search, { sort: toggledSort(search, sort) }))}
        >
          <span>{label}</span>
          {isSorted && <Arrow size={13} aria-hidden />}
        </button>
      ) : (
        label
      )}
    </th>
  )
}

interface GroupProps {
  section: Section
  index: number
  width: number
  onFold: (section: Section) => void
}

function GroupHead({ section, index, width, onFold }: GroupProps) {
  return (
    <tr className={classes.group} aria-rowindex={index + 2} data-index={index}>
      <th colSpan={width} scope="rowgroup">
        <button
          type="button"
          className={classes.fold}
          aria-expanded={section.isOpen}
          onClick={() => onFold(section)}
        >
          <IconChevronRight size={14} aria-hidden />
          {section.label}{' '}
          <span className={classes.count}>{section.count.toLocaleString('en')}</span>
        </button>
      </th>
    </tr>
  )
}

interface RowProps {
  request: Request
  columns: Shown[]
  index: number
  isNew: boolean
  isSelected: boolean
}

const Row = memo(function Row({ request, columns, index, isNew, isSelected }: RowProps) {
  const mark = useChangeMark(request.version)
  return (
    <tr
      aria-rowindex={index + 2}
      data-selected={isSelected || undefined}
      data-index={index}
      data-changed={mark ?? (isNew ? 'even' : undefined)}
    >
      <td className={classes.select}>
        <input type="checkbox" aria-label={`Select ${request.key}`} checked={isSelected} readOnly />
      </td>
      <td className={classes.key}>{request.key}</td>
      <td className={classes.title}>
        <div className={classes.line}>
          <Link
            to="/requests/$requestId"
            params={{ requestId: request.key }}
            state={fromHere}
            title={request.title}
            dir="auto"
          >
            {request.title}
          </Link>
          <Tags tags={request.tags} isShort />
        </div>
      </td>
      {columns.map((column) => (
        <Cell key={column.name} {...{ column, request }} />
      ))}
      <td aria-hidden className={classes.end} />
    </tr>
  )
})

function Cell({ column, request }: { column: Column; request: Request }) {
  return (
    <td data-number={column.isNumber || undefined} data-soft={column.isSoft || undefined}>
      {column.cell(request)}
    </td>
  )
}

interface GhostProps {
  columns: Shown[]
  at: number
}

/** A row that has not come yet, of the same size. */
const Ghost = memo(function Ghost({ columns, at }: GhostProps) {
  const bar = (salt: number) => (
    <span className={classes.bar} style={{ width: `${40 + ((at * 17 + salt * 13) % 45)}%` }} />
  )
  return (
    <tr aria-hidden className={classes.ghost}>
      <td className={classes.select} />
      <td className={classes.key}>{bar(1)}</td>
      <td className={classes.title}>{bar(2)}</td>
      {columns.map(({ name }, salt) => (
        <td key={name}>{bar(salt)}</td>
      ))}
      <td className={classes.end} />
    </tr>
  )
})

const ghosts = Array.from({ length: 20 }, (_, row) => row)

export function TableSkeleton({ columns: names, search }: Pick<Props, 'columns' | 'search'>) {
  const columns = useShown(names)
  return (
    <table className={classes.table} aria-hidden inert>
      <TableHead {...{ columns, search }} onSort={() => undefined} />
      <tbody>
        {ghosts.map((row) => (
          <Ghost key={row} columns={columns} at={row} />
        ))}
      </tbody>
    </table>
  )
}
