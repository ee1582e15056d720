import { Skeleton, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Request } from '../api/types'
import { Person } from '../ui/Person'
import { Time } from '../ui/Time'
import { useChangeMark } from '../ui/useChangeMark'
import { changed, type ListSearch, type SortField, sortOf, toggledSort } from './listSearch'
import { PriorityMark, StatusMark } from './Marks'
import classes from './RequestTable.module.css'

interface Column {
  name: string
  className: string | undefined
  sort?: SortField
}

const columns: Column[] = [
  { name: 'Key', className: classes.key, sort: 'key' },
  { name: 'Title', className: classes.title, sort: 'title' },
  { name: 'Status', className: classes.status, sort: 'status' },
  { name: 'Priority', className: classes.priority, sort: 'priority' },
  { name: 'Vendor', className: classes.vendor },
  { name: 'Requester', className: classes.requester },
  { name: 'Engineer', className: classes.engineer },
  { name: 'Hours', className: classes.hours },
  { name: 'Updated', className: classes.updated, sort: 'updatedAt' },
]

interface Props {
  requests: Request[]
  search: ListSearch
  onSort: (search: ListSearch) => void
  isNew: (id: string) => boolean
}

export function RequestTable({ requests, search, onSort, isNew }: Props) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          {columns.map((column) => (
            <ColumnHead key={column.name} {...{ column, search, onSort }} />
          ))}
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <Row key={request.id} request={request} search={search} isNew={isNew(request.id)} />
        ))}
      </tbody>
    </table>
  )
}

interface HeadProps {
  column: Column
  search: ListSearch
  onSort: (search: ListSearch) => void
}

function ColumnHead({ column, search, onSort }: HeadProps) {
  const { name, className, sort } = column
  if (!sort) {
    return (
      <th scope="col" className={className}>
        {name}
      </th>
    )
  }
  const { field, descending } = sortOf(search)
  const isSorted = field === sort
  const Arrow = descending ? IconArrowDown : IconArrowUp
  const order = descending ? 'descending' : 'ascending'
  return (
    <th scope="col" className={className} aria-sort={isSorted ? order : undefined}>
      <UnstyledButton
        className={classes.sort}
        onClick={() => onSort(changed(search, { sort: toggledSort(search, sort) }))}
      >
        {name}
        {isSorted && <Arrow size={13} aria-hidden />}
      </UnstyledButton>
    </th>
  )
}

interface RowProps {
  request: Request
  search: ListSearch
  isNew: boolean
}

function Row({ request, search, isNew }: RowProps) {
  const mark = useChangeMark(request.version)
  return (
    <tr data-changed={mark ?? (isNew ? 'even' : undefined)}>
      <td className={classes.key}>{request.key}</td>
      <td className={classes.title}>
        <Link
          to="/requests/$requestId"
          params={{ requestId: request.key }}
          state={{ listSearch: { ...search } }}
          title={request.title}
          dir="auto"
        >
          {request.title}
        </Link>
      </td>
      <td className={classes.status}>
        <StatusMark status={request.status} />
      </td>
      <td className={classes.priority}>
        <PriorityMark priority={request.priority} wordless />
      </td>
      <td className={classes.vendor} title={request.vendor}>
        {request.vendor}
      </td>
      <td className={classes.requester} title={request.createdByName}>
        {request.createdByName}
      </td>
      <td className={classes.engineer}>
        {request.assignedTo && request.assignedToName && (
          <Person id={request.assignedTo} name={request.assignedToName} />
        )}
      </td>
      <td className={classes.hours}>{request.estimatedHours?.toLocaleString('en')}</td>
      <td className={classes.updated}>
        <Time at={request.updatedAt} />
      </td>
    </tr>
  )
}

const ghostRows = Array.from({ length: 18 }, (_, row) => `ghost-${row}`)

export function TableSkeleton() {
  return (
    <table className={classes.table} aria-hidden>
      <thead>
        <tr>
          {columns.map(({ name, className }) => (
            <th key={name} className={className}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ghostRows.map((id, row) => (
          <tr key={id}>
            {columns.map(({ name, className }) => (
              <td key={name} className={className}>
                <Skeleton height={10} width={`${45 + ((row * 17 + name.length * 13) % 40)}%`} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
