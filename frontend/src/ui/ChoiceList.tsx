import { type ReactNode, useState } from 'react'
import classes from './ChoiceList.module.css'
import { useFirstFocus } from './useFirstFocus'

export interface Choice {
  value: string
  label: string
  mark?: ReactNode
  /** How many there are, where that is known. */
  count?: number
}

interface Props {
  choices: Choice[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
  /** Lets people type a value that is not among the choices. */
  allowsOther?: boolean
  isLoading?: boolean
  /** Said where there is nothing to choose from. */
  whenEmpty?: string
}

const LONG_LIST = 12
const MOST_SHOWN = 200

/** Boxes to tick, with a field to find one where there are many. */
export function ChoiceList(props: Props) {
  const { choices, chosen, onChange, allowsOther = false, isLoading } = props
  const { whenEmpty = 'None yet: type the first one.' } = props
  const [typed, setTyped] = useState('')
  const first = useFirstFocus<HTMLDivElement>(!isLoading)
  const wanted = typed.trim().toLowerCase()
  const unlisted = chosen.filter((value) => !choices.some((choice) => choice.value === value))
  const all = [...choices, ...unlisted.map((value): Choice => ({ value, label: value }))]
  const found = all.filter((choice) => choice.label.toLowerCase().includes(wanted))
  const isNew = allowsOther && wanted && !found.some((one) => one.label.toLowerCase() === wanted)
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  const add = () => {
    toggle(typed.trim())
    setTyped('')
  }
  return (
    <div ref={first}>
      {(allowsOther || all.length > LONG_LIST) && (
        <input
          type="text"
          className={classes.find}
          aria-label="Find in this list"
          placeholder={allowsOther ? 'Find or type another' : 'Find'}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && isNew && add()}
        />
      )}
      <div className={classes.list} aria-busy={isLoading}>
        {isNew && <Box label={`“${typed.trim()}”`} checked={false} value={typed} onToggle={add} />}
        {found.slice(0, MOST_SHOWN).map((choice) => (
          <Box
            key={choice.value}
            {...choice}
            checked={chosen.includes(choice.value)}
            onToggle={() => toggle(choice.value)}
          />
        ))}
        {found.length === 0 && !isNew && !isLoading && (
          <p className={classes.none}>
            {wanted || !allowsOther ? 'Nothing has this name.' : whenEmpty}
          </p>
        )}
      </div>
    </div>
  )
}

function Box({
  label,
  mark,
  count,
  checked,
  onToggle,
}: Choice & { checked: boolean; onToggle: () => void }) {
  return (
    <label className={classes.choice}>
      <input type="checkbox" checked={checked} onChange={onToggle} />
      {mark}
      <span className={classes.label}>{label}</span>
      {count !== undefined && (
        <span className={classes.count} aria-hidden>
          {count.toLocaleString('en')}
        </span>
      )}
    </label>
  )
}
