import type { Actionable, Activity } from '../api/types'
import { changedBy } from './changedBy'
import classes from './RequestActions.module.css'

interface Props {
  seen: Actionable
  request: Actionable
  log: Activity[]
}

/** What became of the request since the person decided what to do with it. */
export function Meanwhile({ seen, request, log }: Props) {
  if (request.version === seen.version) return null
  const who = changedBy(log) ?? 'somebody else'
  return (
    <div role="alert" className={classes.meanwhile}>
      {request.status === seen.status
        ? `The request was changed by ${who}. Look at it, then decide again.`
        : `It is now ${request.status}, changed by ${who}. Look at it, then decide again.`}
    </div>
  )
}
