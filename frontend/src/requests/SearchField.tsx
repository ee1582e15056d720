import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './ListFilters.module.css'

interface Props {
  value: string
  onChange: (q: string) => void
}

/** Follows the typing after a pause; the address is replaced so that Back skips half-typed words. */
export function SearchField({ value, onChange }: Props) {
  const [typed, setTyped] = useState(value)
  const [seen, setSeen] = useState(value)
  const [sent, setSent] = useState(value)
  const tell = useDebouncedCallback((q: string) => {
    setSent(q)
    onChange(q)
  }, 250)
  // The address also changes from outside, by Back or by a reset: then the field follows it.
  if (value !== seen) {
    setSeen(value)
    if (value !== sent) setTyped(value)
    setSent(value)
  }
  const change = (text: string) => {
    setTyped(text)
    tell(text.trim())
  }
  return (
    <div className={classes.search}>
      <IconSearch size={15} aria-hidden />
      <input
        type="search"
        aria-label="Search"
        placeholder="Search"
        autoComplete="off"
        value={typed}
        maxLength={200}
        onChange={(event) => change(event.currentTarget.value)}
      />
      {typed && (
        <button
          type="button"
          className={classes.icon}
          aria-label="Empty"
          onClick={() => change('')}
        >
          <IconX size={14} aria-hidden />
        </button>
      )}
    </div>
  )
}
