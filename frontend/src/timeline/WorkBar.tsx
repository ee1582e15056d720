import { Link } from '@tanstack/react-router'
import { type CSSProperties, useId } from 'react'
import type { ScheduledRequest } from '../api/types'
import { StatusGlyph } from '../requests/Marks'
import { statusLooks } from '../requests/status'
import { fromHere } from '../requests/trail'
import type { Placed } from './layout'
import classes from './Timeline.module.css'
import { basisWords, spanWords } from './words'

interface Props {
  request: ScheduledRequest
  start: string
  end: string
  basis: string
  place: Placed
  row: number
}

/** A piece of work: its length is its time, its words may reach beyond it; everything else on hover and focus. */
export function WorkBar({ request, start, end, basis, place, row }: Props) {
  const detail = useId()
  const { key, title, status } = request
  const style = {
    '--left': `${place.left}%`,
    '--width': `${place.width}%`,
    '--row': row,
    '--hue': statusLooks[status].hue,
  }
  return (
    <li style={style as CSSProperties} data-later={place.isLater || undefined} data-basis={basis}>
      <span className={classes.shape} aria-hidden />
      <Link
        to="/requests/$requestId"
        params={{ requestId: key }}
        state={fromHere}
        className={classes.bar}
        aria-describedby={detail}
      >
        <StatusGlyph status={status} />
        <span className={classes.words} dir="auto">
          <b>{key}</b> {title}
        </span>
      </Link>
      <div id={detail} className={classes.detail} role="tooltip">
        <p>
          {key} {title}
        </p>
        <p>
          {status}, {request.priority} priority, {request.vendor}
        </p>
        <p>
          {spanWords(start, end)}
          {request.estimatedHours !== null && `, ${request.estimatedHours.toLocaleString('en')} h`}
        </p>
        <p>{basisWords(basis)}</p>
      </div>
    </li>
  )
}
