import type { Actionable } from '../api/types'
import { Time } from '../ui/Time'
import classes from './Question.module.css'
import { useActivity } from './useActivity'

/** What the request waits to be told, in the words of whoever asked, and what that means for its clock. */
export function Question({ request }: { request: Actionable }) {
  const { log } = useActivity(request.key)
  const asked = log.find(({ action }) => action === 'ask_information')
  const words = asked?.details.reason
  if (!asked || typeof words !== 'string') return null
  return (
    <figure className={classes.question}>
      <figcaption>
        {asked.userName} asked <Time at={asked.createdAt} />
      </figcaption>
      <blockquote dir="auto">{words}</blockquote>
      <p className={classes.clock}>
        Until the answer comes the clock stands: this time is no part of its cycle time, and it is
        not stuck.
      </p>
    </figure>
  )
}
