import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Request } from '../api/types'
import { PriorityMark, StatusMark } from '../requests/Marks'
import { fromHere, keepsTrail } from '../requests/trail'
import { Age } from '../ui/Time'
import { useChangeMark } from '../ui/useChangeMark'
import classes from './RequestLines.module.css'

interface Props<T extends Request> {
  requests: T[]
  isNew: (id: string) => boolean
  /** What else a line tells: who has it, its hours. */
  detail?: (request: T) => ReactNode
  action?: (request: T) => ReactNode
}

/** A few requests, one line each; on a phone two. */
export function RequestLines<T extends Request>({ requests, isNew, detail, action }: Props<T>) {
  return (
    <ul className={classes.lines} onClickCapture={keepsTrail(() => requests.map(({ key }) => key))}>
      {requests.map((request) => (
        <Line key={request.id} request={request} isNew={isNew(request.id)}>
          {detail && <span className={classes.detail}>{detail(request)}</span>}
          {action && <span className={classes.action}>{action(request)}</span>}
        </Line>
      ))}
    </ul>
  )
}

interface LineProps {
  request: Request
  isNew: boolean
  children: ReactNode
}

function Line({ request, isNew, children }: LineProps) {
  const mark = useChangeMark(request.version)
  return (
    <li
      className={classes.line}
      data-changed={mark ?? (isNew ? 'even' : undefined)}
      data-stopped={request.clockStopped || undefined}
    >
      <span className={classes.priority}>
        <PriorityMark priority={request.priority} wordless />
      </span>
      <span className={classes.key}>{request.key}</span>
      <Link
        to="/requests/$requestId"
        params={{ requestId: request.key }}
        state={fromHere}
        className={classes.title}
        title={request.title}
        dir="auto"
      >
        {request.title}
      </Link>
      <span className={classes.status}>
        <StatusMark status={request.status} />
      </span>
      <span className={classes.age}>
        {request.clockStopped && (
          <>
            <span className={classes.spoken}>clock </span>stopped{' '}
          </>
        )}
        <Age since={request.statusSince} />
      </span>
      {children}
    </li>
  )
}
