import type { RequestDetail } from '../api/types'
import { Time } from '../ui/Time'
import classes from './RequestActions.module.css'
import { standsSince } from './timeline'
import { useActivity } from './useActivity'

export function StandsSince({ request }: { request: RequestDetail }) {
  const { log } = useActivity(request.id)
  const since = standsSince(log, request.status)
  return (
    <div className={classes.since}>
      {since && (
        <>
          since <Time at={since} />
        </>
      )}
    </div>
  )
}
