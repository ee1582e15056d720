import { useFirstFocus } from '../ui/useFirstFocus'
import { dayOf, daysAgo, momentOf } from './days'
import classes from './FilterEditor.module.css'

interface SpanProps {
  from: string | undefined
  to: string | undefined
  onChange: (from: string | undefined, to: string | undefined) => void
}

const spans = [
  { days: 7, label: 'Last 7 days' },
  { days: 30, label: 'Last 30 days' },
  { days: 90, label: 'Last 90 days' },
]

/** From one day to another, both counted in. */
export function SpanEditor({ from, to, onChange }: SpanProps) {
  const place = useFirstFocus<HTMLDivElement>()
  return (
    <div ref={place} className={classes.days}>
      {spans.map(({ days, label }) => (
        <button
          key={days}
          type="button"
          className={classes.item}
          onClick={() => onChange(daysAgo(days), undefined)}
        >
          {label}
        </button>
      ))}
      <div className={classes.span}>
        <label>
          From
          <input
            type="date"
            value={dayOf(from)}
            max={dayOf(to, -1) || undefined}
            onChange={(event) => onChange(momentOf(event.currentTarget.value), to)}
          />
        </label>
        <label>
          To
          <input
            type="date"
            value={dayOf(to, -1)}
            min={dayOf(from) || undefined}
            onChange={(event) => onChange(from, momentOf(event.currentTarget.value, 1))}
          />
        </label>
      </div>
    </div>
  )
}

const aheads = [
  { days: 7, label: 'In the next 7 days' },
  { days: 14, label: 'In the next 14 days' },
  { days: 30, label: 'In the next 30 days' },
]

/** The same with days of the calendar, which lie ahead as a rule. */
export function DueEditor({ from, to, onChange }: SpanProps) {
  const place = useFirstFocus<HTMLDivElement>()
  const later = (day: string, days: number) => dayOf(momentOf(day, days)) || undefined
  return (
    <div ref={place} className={classes.days}>
      {aheads.map(({ days, label }) => (
        <button
          key={days}
          type="button"
          className={classes.item}
          onClick={() => onChange(dayOf(daysAgo(0)), dayOf(daysAgo(-days)))}
        >
          {label}
        </button>
      ))}
      <div className={classes.span}>
        <label>
          From
          <input
            type="date"
            value={from ?? ''}
            onChange={(event) => onChange(event.currentTarget.value || undefined, to)}
          />
        </label>
        <label>
          To
          <input
            type="date"
            value={to ? (later(to, -1) ?? '') : ''}
            onChange={(event) => onChange(from, later(event.currentTarget.value, 1))}
          />
        </label>
      </div>
    </div>
  )
}

interface SinceProps {
  before: string | undefined
  onChange: (before: string | undefined) => void
}

const ages = [
  { days: 3, label: 'For 3 days or more' },
  { days: 7, label: 'For 7 days or more' },
  { days: 14, label: 'For 14 days or more' },
  { days: 30, label: 'For 30 days or more' },
]

/** How long it has stood where it stands. */
export function SinceEditor({ before, onChange }: SinceProps) {
  const place = useFirstFocus<HTMLDivElement>()
  return (
    <div ref={place} className={classes.days}>
      {ages.map(({ days, label }) => (
        <button
          key={days}
          type="button"
          className={classes.item}
          onClick={() => onChange(daysAgo(days))}
        >
          {label}
        </button>
      ))}
      <div className={classes.span}>
        <label>
          Since before
          <input
            type="date"
            value={dayOf(before)}
            onChange={(event) => onChange(momentOf(event.currentTarget.value))}
          />
        </label>
      </div>
    </div>
  )
}
