import { IconCalendar } from '@tabler/icons-react'
import { Flyout } from '../ui/Flyout'
import { useFirstFocus } from '../ui/useFirstFocus'
import { type ReportSearch, spanIn } from './reportSearch'
import classes from './SpanPicker.module.css'
import { defaultSpan, moved, spanLabels, spanNames } from './spans'

interface Props {
  search: ReportSearch
  onChange: (change: Partial<ReportSearch>) => void
}

/** Which weeks are looked at: a span that moves with today, or days of one's own. */
export function SpanPicker({ search, onChange }: Props) {
  const { from, to } = spanIn(search)
  const own = Boolean(search.from)
  const chosen = own ? undefined : (search.span ?? defaultSpan)
  const words = chosen ? spanLabels[chosen] : 'Days of my own'
  return (
    <Flyout
      label="Span of time"
      buttonLabel={`Span of time: ${words}`}
      buttonClass={classes.button}
      button={
        <>
          <IconCalendar size={15} aria-hidden />
          {words}
        </>
      }
    >
      {(close) => (
        <Choices
          {...{ from, to, chosen }}
          onPick={(change, isDone) => {
            onChange(change)
            if (isDone) close()
          }}
        />
      )}
    </Flyout>
  )
}

interface ChoicesProps {
  from: string
  to: string
  chosen: string | undefined
  onPick: (change: Partial<ReportSearch>, isDone: boolean) => void
}

function Choices({ from, to, chosen, onPick }: ChoicesProps) {
  const place = useFirstFocus<HTMLDivElement>()
  const setDays = (days: { from: string; to: string }) => {
    if (days.from && days.to && days.from < days.to) onPick({ span: undefined, ...days }, false)
  }
  return (
    <div ref={place} className={classes.choices}>
      {spanNames.map((name) => (
        <button
          key={name}
          type="button"
          className={classes.choice}
          aria-pressed={name === chosen}
          onClick={() => onPick({ span: name, from: undefined, to: undefined }, true)}
        >
          {spanLabels[name]}
        </button>
      ))}
      <div className={classes.days}>
        <label>
          From
          <input
            type="date"
            value={from}
            max={moved(to, -1)}
            onChange={(event) => setDays({ from: event.currentTarget.value, to })}
          />
        </label>
        <label>
          To
          <input
            type="date"
            value={moved(to, -1)}
            min={from}
            onChange={({ currentTarget: { value } }) =>
              setDays({ from, to: value && moved(value, 1) })
            }
          />
        </label>
      </div>
    </div>
  )
}
