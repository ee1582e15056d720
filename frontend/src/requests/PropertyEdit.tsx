import { Menu, TextInput, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconPencil } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { Priority, RequestDetail } from '../api/types'
import { show } from '../commands/overlays'
import { useCommands, useShortcuts } from '../commands/useShortcuts'
import { PriorityMark } from './Marks'
import classes from './PropertyEdit.module.css'
import { priorities, vendorSuggestions } from './status'
import { useFieldEdit } from './useFieldEdit'

interface Props {
  request: RequestDetail
}

/** Changed at once, and put back with Undo. */
export function PriorityEdit({ request }: Props) {
  const { change, pending } = useFieldEdit('priority')
  const shown = pending ?? request.priority
  const group = `Priority of ${request.key}`
  useCommands(
    priorities.map((priority) => ({
      group,
      label: `${priority} priority`,
      inPalette: true,
      enabled: priority !== request.priority,
      why: 'It has this priority.',
      run: () => change(request, priority),
    })),
  )
  useShortcuts([
    {
      keys: 'p',
      label: 'Set the priority',
      group: 'This request',
      run: () => show('palette', group),
    },
  ])
  return (
    <Menu
      position="bottom-start"
      width={160}
      transitionProps={{ duration: 120 }}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <UnstyledButton className={classes.value} data-saving={pending ? true : undefined}>
          <span className={classes.spoken}>Change the priority: </span>
          <PriorityMark priority={shown} />
          <IconChevronDown size={14} aria-hidden className={classes.sign} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={shown} onChange={(value) => change(request, value as Priority)}>
          {priorities.map((priority) => (
            <Menu.RadioItem key={priority} value={priority} closeMenuOnClick>
              <PriorityMark priority={priority} />
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}

export function VendorEdit({ request }: Props) {
  const { change, pending } = useFieldEdit('vendor')
  const [typed, setTyped] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  // The field loses the focus once more as it goes.
  const isDone = useRef(false)
  const finish = (value: string | null, goesBack = true) => {
    if (isDone.current) return
    isDone.current = true
    setTyped(null)
    if (goesBack) requestAnimationFrame(() => button.current?.focus())
    if (value?.trim()) change(request, value.trim())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    finish(event.key === 'Enter' ? typed : null)
  }
  if (typed === null) {
    return (
      <UnstyledButton
        ref={button}
        className={classes.value}
        data-saving={pending ? true : undefined}
        onClick={() => {
          isDone.current = false
          setTyped(request.vendor)
        }}
      >
        <span className={classes.spoken}>Change the vendor: </span>
        <span>{pending ?? request.vendor}</span>
        <IconPencil size={14} aria-hidden className={classes.sign} />
      </UnstyledButton>
    )
  }
  return (
    <>
      <TextInput
        aria-label="Vendor"
        size="xs"
        autoFocus
        list="known-vendors"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        // Who goes elsewhere has finished typing.
        onBlur={() => finish(typed, false)}
      />
      <datalist id="known-vendors">
        {vendorSuggestions.map((vendor) => (
          <option key={vendor} value={vendor} />
        ))}
      </datalist>
    </>
  )
}
