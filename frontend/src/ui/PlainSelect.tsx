import { IconChevronDown } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './PlainSelect.module.css'

interface Props<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
  /** Stands before the words. */
  glyph?: ReactNode
  className?: string
}

/** The browser's own select in our dress: light, and at home on every phone. Its label is for screen readers only. */
export function PlainSelect<Value extends string>(props: Props<Value>) {
  const { label, value, options, onChange, glyph, className = '' } = props
  return (
    <div className={`${classes.box} ${className}`} data-glyph={glyph !== undefined || undefined}>
      {glyph && <span className={classes.glyph}>{glyph}</span>}
      <select
        aria-label={label}
        className={classes.select}
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = options.find((option) => option.value === currentTarget.value)
          if (chosen) onChange(chosen.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <IconChevronDown size={14} className={classes.arrow} aria-hidden />
    </div>
  )
}
