import { IconAlertTriangle } from '@tabler/icons-react'
import type { Request } from '../api/types'
import { dayWords } from '../ui/timeWords'
import classes from './DueDate.module.css'

type Props = Pick<Request, 'dueDate' | 'overdue'> & {
  /** For where there is little room: the word is spoken, and stands in the hover, as does the whole year. */
  isShort?: boolean
}

/** The day on which a request is due; that it has passed is told by a mark and a word. */
export function DueDate({ dueDate, overdue, isShort }: Props) {
  if (!dueDate) return null
  return (
    <span className={classes.due} data-overdue={overdue || undefined}>
      {overdue && <IconAlertTriangle size={14} aria-hidden />}
      <time dateTime={dueDate} title={overdue ? `Overdue since ${dueDate}` : `Due on ${dueDate}`}>
        {dayWords(dueDate, Date.now(), isShort)}
      </time>
      {overdue && <span className={isShort ? classes.spoken : undefined}>overdue</span>}
    </span>
  )
}
