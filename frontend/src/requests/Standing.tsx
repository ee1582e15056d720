import type { RequestDetail, User } from '../api/types'
import { isManager, useSession } from '../app/session'
import { Time } from '../ui/Time'
import { useChangeMark } from '../ui/useChangeMark'
import { verbOf } from './actionLabels'
import { StatusMark } from './Marks'
import classes from './RequestActions.module.css'

interface Props {
  request: RequestDetail
  goingTo: string | null
  isWaiting: boolean
}

/**
 * At a glance: where the request stands, since when, who has the ball and what is next. A move shows where it goes at
 * once, and that the server has not said yes.
 */
export function Standing({ request, goingTo, isWaiting }: Props) {
  const mark = useChangeMark(request.status)
  const me = useSession()
  const [next] = request.actions
  return (
    <div className={classes.status} role="status" data-changed={mark}>
      <StatusMark status={goingTo ?? request.status} />
      <div className={classes.since}>
        {goingTo ? (
          isWaiting ? (
            'waits for the connection'
          ) : (
            'saving …'
          )
        ) : (
          <>
            {request.clockStopped && 'clock stopped '}since <Time at={request.statusSince} />
          </>
        )}
      </div>
      <div className={classes.since} data-pending={goingTo ? true : undefined}>
        {request.waitsFor ? (
          <>
            Waits for <b dir="auto">{ballOf(request, me)}</b>
            {next && `, next: ${verbOf(next.name).toLowerCase()}`}
          </>
        ) : (
          'Waits for nobody'
        )}
      </div>
    </div>
  )
}

function ballOf({ waitsFor, ...request }: RequestDetail, me: User): string {
  if (waitsFor === 'manager') return isManager(me) ? 'you or another manager' : 'a manager'
  const [id, name] =
    waitsFor === 'engineer'
      ? [request.assignedTo, request.assignedToName]
      : [request.createdBy, request.createdByName]
  return id === me.id ? 'you' : (name ?? `its ${waitsFor}`)
}
