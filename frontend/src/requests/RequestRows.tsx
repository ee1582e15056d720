import { Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Request } from '../api/types'
import { Person } from '../ui/Person'
import { Time } from '../ui/Time'
import { useChangeMark } from '../ui/useChangeMark'
import type { ListSearch } from './listSearch'
import { PriorityMark, StatusMark } from './Marks'
import classes from './RequestRows.module.css'

interface Props {
  requests: Request[]
  search: ListSearch
  isNew: (id: string) => boolean
}

/** The list on a phone: the same data as the table, two lines a request. */
export function RequestRows({ requests, search, isNew }: Props) {
  return (
    <ul className={classes.rows}>
      {requests.map((request) => (
        <Row key={request.id} request={request} search={search} isNew={isNew(request.id)} />
      ))}
    </ul>
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
    <li className={classes.row} data-changed={mark ?? (isNew ? 'even' : undefined)}>
      <div className={classes.line}>
        <span className={classes.key}>{request.key}</span>
        <StatusMark status={request.status} />
        <span className={classes.end}>
          <PriorityMark priority={request.priority} wordless />
        </span>
      </div>
      <Link
        to="/requests/$requestId"
        params={{ requestId: request.key }}
        state={{ listSearch: { ...search } }}
        className={classes.title}
        dir="auto"
      >
        {request.title}
      </Link>
      <div className={classes.line}>
        {request.assignedTo && request.assignedToName ? (
          <Person id={request.assignedTo} name={request.assignedToName} size={16} />
        ) : (
          <span>No engineer yet</span>
        )}
        <span className={classes.end}>
          <Time at={request.updatedAt} />
        </span>
      </div>
    </li>
  )
}

const ghosts = Array.from({ length: 8 }, (_, row) => `ghost-${row}`)

export function RowsSkeleton() {
  return (
    <ul className={classes.rows} aria-hidden>
      {ghosts.map((id) => (
        <li key={id} className={classes.row}>
          <Skeleton height={10} width="45%" my={5} />
          <Skeleton height={12} width="80%" my={5} />
          <Skeleton height={10} width="35%" my={5} />
        </li>
      ))}
    </ul>
  )
}
