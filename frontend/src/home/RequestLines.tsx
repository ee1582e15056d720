import { Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Request } from '../api/types'
import { PriorityMark, StatusMark } from '../requests/Marks'
import { Time } from '../ui/Time'
import { useChangeMark } from '../ui/useChangeMark'
import classes from './RequestLines.module.css'

interface Props {
  /** Undefined while they are on their way. */
  requests: Request[] | undefined
  ghosts: number
}

/** A few requests, one line each; on a phone two. */
export function RequestLines({ requests, ghosts }: Props) {
  if (!requests) return <Ghosts count={ghosts} />
  return (
    <ul>
      {requests.map((request) => (
        <Line key={request.id} request={request} />
      ))}
    </ul>
  )
}

function Line({ request }: { request: Request }) {
  const mark = useChangeMark(request.version)
  return (
    <li className={classes.line} data-changed={mark}>
      <PriorityMark priority={request.priority} wordless />
      <span className={classes.key}>{request.key}</span>
      <Link
        to="/requests/$requestId"
        params={{ requestId: request.key }}
        className={classes.title}
        dir="auto"
      >
        {request.title}
      </Link>
      <span className={classes.status}>
        <StatusMark status={request.status} />
      </span>
      <span className={classes.age}>
        <Time at={request.updatedAt} />
      </span>
    </li>
  )
}

function Ghosts({ count }: { count: number }) {
  return (
    <ul aria-hidden>
      {Array.from({ length: count }, (_, row) => `ghost-${row}`).map((id) => (
        <li key={id} className={classes.line}>
          <Skeleton height={10} width={14} />
          <Skeleton height={10} width={52} />
          <Skeleton height={10} className={classes.ghost} />
        </li>
      ))}
    </ul>
  )
}
