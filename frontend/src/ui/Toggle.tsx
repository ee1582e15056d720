import { UnstyledButton } from '@mantine/core'
import classes from './Toggle.module.css'

interface Props<T extends string> {
  /** What is chosen here, for those who do not see it. */
  label: string
  choices: Readonly<Record<T, string>>
  value: T
  onChange: (value: T) => void
}

/** One of a few, all of them in sight. */
export function Toggle<T extends string>({ label, choices, value, onChange }: Props<T>) {
  return (
    <fieldset className={classes.filter}>
      <legend className={classes.spoken}>{label}</legend>
      {(Object.keys(choices) as T[]).map((choice) => (
        <UnstyledButton
          key={choice}
          className={classes.choice}
          aria-pressed={choice === value}
          onClick={() => onChange(choice)}
        >
          {choices[choice]}
        </UnstyledButton>
      ))}
    </fieldset>
  )
}
