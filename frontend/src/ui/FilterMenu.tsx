import { Checkbox, Popover, TextInput, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import classes from './FilterMenu.module.css'

export interface FilterOption {
  value: string
  label: string
  mark?: ReactNode
}

interface Props {
  label: string
  options: FilterOption[]
  chosen: string[]
  onChange: (chosen: string[]) => void
  /** Lets people type a value that is not among the options. */
  allowsOther?: boolean
}

const LONG_LIST = 12

function summaryOf(chosen: string[], options: FilterOption[]): string {
  if (chosen.length !== 1) return String(chosen.length)
  return options.find((option) => option.value === chosen[0])?.label ?? chosen[0] ?? ''
}

/** One filter: a button that tells what is chosen, and a list of boxes behind it. */
export function FilterMenu({ label, options, chosen, onChange, allowsOther = false }: Props) {
  const [opened, setOpened] = useState(false)
  const active = chosen.length > 0
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      trapFocus
      returnFocus
      offset={4}
      transitionProps={{ duration: 120 }}
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.button}
          data-active={active || undefined}
          aria-label={`Filter by ${label.toLowerCase()}${active ? `, ${chosen.length} chosen` : ''}`}
          onClick={() => setOpened((before) => !before)}
        >
          {label}
          {active && <b className={classes.summary}>{summaryOf(chosen, options)}</b>}
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown}>
        <FilterList {...{ options, chosen, onChange, allowsOther }} />
      </Popover.Dropdown>
    </Popover>
  )
}

function FilterList({ options, chosen, onChange, allowsOther }: Omit<Props, 'label'>) {
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLowerCase()
  const unlisted = chosen.filter((value) => !options.some((option) => option.value === value))
  const shown = [...options, ...unlisted.map((value) => ({ value, label: value }) as FilterOption)]
    .filter((option) => option.label.toLowerCase().includes(wanted))
    .slice(0, 200)
  const isNew = allowsOther && wanted && !shown.some((one) => one.label.toLowerCase() === wanted)
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  return (
    <>
      {(allowsOther || options.length > LONG_LIST) && (
        <TextInput
          data-autofocus
          aria-label="Find in this list"
          placeholder={allowsOther ? 'Find or type another' : 'Find'}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !isNew) return
            toggle(typed.trim())
            setTyped('')
          }}
        />
      )}
      <div className={classes.list}>
        {isNew && (
          <Checkbox
            label={`“${typed.trim()}”`}
            checked={false}
            onChange={() => {
              toggle(typed.trim())
              setTyped('')
            }}
          />
        )}
        {shown.map((option) => (
          <Checkbox
            key={option.value}
            checked={chosen.includes(option.value)}
            onChange={() => toggle(option.value)}
            label={
              <span className={classes.option}>
                {option.mark}
                {option.label}
              </span>
            }
          />
        ))}
        {shown.length === 0 && !isNew && <p className={classes.none}>Nothing has this name.</p>}
      </div>
      {chosen.length > 0 && (
        <UnstyledButton className={classes.clear} onClick={() => onChange([])}>
          Clear
        </UnstyledButton>
      )}
    </>
  )
}
