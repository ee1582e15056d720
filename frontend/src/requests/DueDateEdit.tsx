import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import type { RequestDetail } from '../api/types'
import { Flyout } from '../ui/Flyout'
import { useFirstFocus } from '../ui/useFirstFocus'
import { DueDate } from './DueDate'
import { dayOf, daysAgo } from './days'
import filter from './FilterEditor.module.css'
import classes from './PropertyEdit.module.css'
import { useFieldEdit } from './useFieldEdit'

/** Chosen in a small panel, changed when that closes. */
export default function DueDateEdit({ request }: { request: RequestDetail }) {
  const { change, pending } = useFieldEdit('dueDate')
  const [typed, setTyped] = useState<string>()
  const isSaving = pending !== undefined
  const shown = isSaving ? pending : request.dueDate
  const finish = () => {
    setTyped(undefined)
    if (typed !== undefined) change(request, typed || null)
  }
  return (
    <Flyout
      label="Due date"
      title="Change the due date"
      buttonClass={classes.value}
      button={
        <>
          <span className={classes.spoken}>Change the due date: </span>
          <span data-saving={isSaving || undefined}>
            {shown ? (
              <DueDate dueDate={shown} overdue={!isSaving && request.overdue} />
            ) : (
              <span className={classes.nothing}>none</span>
            )}
          </span>
          <IconPencil size={14} aria-hidden className={classes.sign} />
        </>
      }
      onClose={finish}
    >
      {(close) => (
        <Days
          day={request.dueDate ?? ''}
          onType={setTyped}
          onPick={(day) => {
            setTyped(undefined)
            change(request, day)
            close()
          }}
          onDone={close}
        />
      )}
    </Flyout>
  )
}

const spans = [
  { days: 7, label: 'In a week' },
  { days: 14, label: 'In two weeks' },
  { days: 28, label: 'In four weeks' },
]

interface DaysProps {
  day: string
  onType: (day: string | undefined) => void
  onPick: (day: string | null) => void
  onDone: () => void
}

function Days({ day, onType, onPick, onDone }: DaysProps) {
  const place = useFirstFocus<HTMLDivElement>()
  return (
    <div ref={place} className={filter.days}>
      {spans.map(({ days, label }) => (
        <button
          key={days}
          type="button"
          className={filter.item}
          onClick={() => onPick(dayOf(daysAgo(-days)))}
        >
          {label}
        </button>
      ))}
      <button type="button" className={filter.item} onClick={() => onPick(null)}>
        No due date
      </button>
      <div className={filter.span}>
        <label>
          Due on
          <input
            type="date"
            min="2000-01-01"
            max="2999-12-31"
            defaultValue={day}
            // Half a date is none: it must not take away the one that stands.
            onChange={({ currentTarget: { validity, value } }) =>
              onType(validity.badInput ? undefined : value)
            }
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              // The button gets the focus back, and must not take the key as a press.
              event.preventDefault()
              onDone()
            }}
          />
        </label>
      </div>
    </div>
  )
}
