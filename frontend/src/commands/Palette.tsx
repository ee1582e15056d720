import { Modal, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { messageOf } from '../api/problem'
import { useSession } from '../app/session'
import { useInertPage } from '../ui/useInertPage'
import { Keys } from './Keys'
import classes from './Palette.module.css'
import { registry } from './registry'
import { endTypeAhead } from './typeAhead'
import { useAppCommands } from './useAppCommands'
import { type Item, useFound } from './useFound'

interface Props {
  group?: string
  onClose: () => void
}

/** Finds requests, people, pages and actions. Its input keeps the focus; the chosen line is told by it. */
export default function Palette({ group, onClose }: Props) {
  useInertPage()
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      title={group ?? 'Search or jump to'}
      yOffset="12vh"
      size={600}
      padding={0}
      transitionProps={{ duration: 120 }}
      classNames={{ header: classes.header, content: classes.content, body: classes.body }}
    >
      <Finder group={group} onClose={onClose} />
    </Modal>
  )
}

function Finder({ group, onClose }: Props) {
  const user = useSession()
  const id = useId()
  const own = useAppCommands()
  // What the page behind offers; it cannot change while it is covered.
  const [offered] = useState(() => registry.all().filter(({ inPalette }) => inPalette))
  const commands = group ? offered.filter((one) => one.group === group) : [...offered, ...own]
  const [text, setText] = useState('')
  const typed = text.trim()
  const [asked] = useDebouncedValue(typed, 150)
  const found = useFound({ typed, asked, user, commands, group })
  const items = found.sections.flatMap((section) => section.items)
  const [chosenId, setChosenId] = useState<string | null>(null)
  // Late results do not move what is chosen; where it is gone, the first line is.
  const chosen = items.find((item) => item.id === chosenId) ?? items[0]
  const optionId = (item: Item) => `${id}-${item.id}`
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!chosen) return
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  const run = (item: Item) => {
    if (item.why) return setChosenId(item.id)
    onClose()
    // Once the palette has given the focus back, for what opens may take it.
    setTimeout(item.run)
  }
  const step = (by: number) => {
    const index = chosen ? items.indexOf(chosen) : -1
    setChosenId(items[(index + by + items.length) % items.length]?.id ?? null)
  }
  // Enter is about what was typed, not about what an earlier word had found: it waits for the answer.
  const isEarly = found.isAsking && chosenId === null && !chosen?.isAtOnce
  const [runsFirst, setRunsFirst] = useState(false)
  useEffect(() => {
    if (!runsFirst || found.isAsking) return
    setRunsFirst(false)
    if (chosen) run(chosen)
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const { key } = event
    const isAgain = key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
    if (key === 'ArrowDown') step(1)
    else if (key === 'ArrowUp') step(-1)
    else if (key === 'Enter' && isEarly) setRunsFirst(true)
    else if (key === 'Enter' && chosen) run(chosen)
    else if (isAgain) onClose()
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className={classes.field}>
        <IconSearch size={18} aria-hidden />
        <input
          data-autofocus
          className={classes.input}
          role="combobox"
          aria-label={group ?? 'Search or jump to'}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={chosen && optionId(chosen)}
          placeholder={group ?? 'Requests, people, pages, actions'}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={text}
          onFocus={() => {
            const early = endTypeAhead()
            if (early) setText(early)
          }}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setChosenId(null)
            setRunsFirst(false)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {found.error ? (
        <div className={classes.error} role="alert">
          {messageOf(found.error)}
          <UnstyledButton className={classes.retry} onClick={found.retry}>
            Try again
          </UnstyledButton>
        </div>
      ) : null}
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label="Results"
        aria-busy={found.isAsking}
        className={classes.list}
      >
        {found.sections.map((section) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand in a listbox
          <div key={section.name} role="group" aria-label={section.name}>
            <div className={classes.heading} aria-hidden>
              {section.name}
            </div>
            {section.items.map((item) => (
              <Option
                key={item.id}
                id={optionId(item)}
                item={item}
                isChosen={item === chosen}
                onPoint={() => setChosenId(item.id)}
                onRun={() => run(item)}
              />
            ))}
          </div>
        ))}
      </div>
      <div className={classes.foot} role="status">
        {tell(items.length, found.isAsking, typed)}
      </div>
    </>
  )
}

function tell(count: number, isAsking: boolean, typed: string): string {
  if (isAsking) return 'Searching …'
  if (count === 0) return `Nothing is found for “${typed}”.`
  return count === 1 ? '1 result' : `${count} results`
}

interface OptionProps {
  id: string
  item: Item
  isChosen: boolean
  onPoint: () => void
  onRun: () => void
}

function Option({ id, item, isChosen, onPoint, onRun }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the combobox holds the focus and points at it
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox takes the keys
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      aria-disabled={item.why ? true : undefined}
      className={classes.option}
      onPointerMove={() => !isChosen && onPoint()}
      onClick={onRun}
    >
      <span className={classes.mark}>{item.mark}</span>
      <bdi className={classes.label}>{item.label}</bdi>
      {item.hint && <span className={classes.hint}>{item.hint}</span>}
      {item.keys && (
        <span className={classes.keys} aria-hidden>
          <Keys keys={item.keys} />
        </span>
      )}
    </div>
  )
}
