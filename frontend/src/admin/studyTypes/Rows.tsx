import { ActionIcon, Button, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconChevronRight, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { offerUndo } from '../../ui/notify'
import classes from './StudyTypes.module.css'
import type { TypedType } from './typed'
import type { TypeForm } from './useTypeEdit'

type List = 'fields' | 'criteria'
type Item<L extends List> = TypedType[L][number]

interface Props<L extends List> {
  form: TypeForm
  list: L
  title: string
  noun: string
  make: () => Item<L>
  empty: string
  nameOf: (item: Item<L>) => string
  summaryOf: (item: Item<L>) => string
  inputs: (at: number) => ReactNode
}

/** Rows that open to be changed, and that are added, moved and taken away by buttons. */
export function Rows<L extends List>(props: Props<L>) {
  const { form, list, title, noun, make, empty, nameOf, summaryOf, inputs } = props
  const items = form.values[list] as Item<L>[]
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [said, setSaid] = useState('')
  const place = useRef<HTMLElement>(null)
  const focus = useFocusAfter(place)
  const titleOf = (item: Item<L>) => nameOf(item).trim() || `New ${noun}`

  const insert = (item: Item<L>, at?: number) => form.insertListItem(list, item as never, at)
  const toggle = (key: string) =>
    setOpen((keys) => new Set(keys.has(key) ? [...keys].filter((k) => k !== key) : [...keys, key]))
  const add = () => {
    const item = make()
    insert(item)
    toggle(item.key)
    focus([`#row-${item.key} input`])
  }
  const move = (item: Item<L>, from: number, to: number) => {
    form.reorderListItem(list, { from, to })
    setSaid(`${titleOf(item)} is now ${to + 1} of ${items.length}.`)
    const buttons = `[data-row="${item.key}"][data-move]:not(:disabled)`
    focus([`${buttons}[data-move="${to - from}"]`, buttons])
  }
  const remove = (item: Item<L>, at: number) => {
    form.removeListItem(list, at)
    offerUndo(`${titleOf(item)} is removed.`, () => insert(item, at))
    focus(['[data-add]'])
  }

  return (
    <section ref={place} aria-label={title} className={classes.section}>
      <h2>{title}</h2>
      {items.length === 0 && <p className={classes.note}>{empty}</p>}
      <ol className={classes.rows}>
        {items.map((item, at) => {
          const prefix = `${list}.${at}`
          const isWrong = Object.keys(form.errors).some((one) => `${one}.`.startsWith(`${prefix}.`))
          const isOpen = isWrong || open.has(item.key)
          const name = titleOf(item)
          return (
            <li key={item.key} className={classes.row}>
              <div className={classes.head}>
                <UnstyledButton
                  className={classes.toggle}
                  aria-expanded={isOpen}
                  data-wrong={Boolean(form.errors[prefix]) || undefined}
                  onClick={() => toggle(item.key)}
                >
                  <IconChevronRight size={14} className={classes.chevron} aria-hidden />
                  <span className={classes.what}>
                    <bdi className={classes.name}>{name}</bdi>{' '}
                    <span className={classes.note}>{summaryOf(item)}</span>
                  </span>
                </UnstyledButton>
                <MoveButton by={-1} {...{ item, at, name, items, move }} />
                <MoveButton by={1} {...{ item, at, name, items, move }} />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Remove ${name}`}
                  onClick={() => remove(item, at)}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </div>
              {form.errors[prefix] && (
                <p role="alert" className={classes.error}>
                  {form.errors[prefix]}
                </p>
              )}
              {isOpen && (
                <fieldset id={`row-${item.key}`} className={classes.inputs}>
                  <legend className={classes.spoken}>{name}</legend>
                  {inputs(at)}
                </fieldset>
              )}
            </li>
          )
        })}
      </ol>
      <Button variant="default" size="xs" data-add onClick={add}>
        Add {noun}
      </Button>
      <div role="status" className={classes.spoken}>
        {said}
      </div>
    </section>
  )
}

interface MoveProps<T> {
  item: T
  at: number
  by: 1 | -1
  name: string
  items: readonly T[]
  move: (item: T, from: number, to: number) => void
}

function MoveButton<T extends { key: string }>({ item, at, by, name, items, move }: MoveProps<T>) {
  const Icon = by < 0 ? IconArrowUp : IconArrowDown
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      data-row={item.key}
      data-move={by}
      aria-label={`Move ${name} ${by < 0 ? 'up' : 'down'}`}
      disabled={!items[at + by]}
      onClick={() => move(item, at, at + by)}
    >
      <Icon size={16} />
    </ActionIcon>
  )
}

/** Puts the focus, once it is drawn, on the first of these that is there. */
function useFocusAfter(place: React.RefObject<HTMLElement | null>) {
  const [wanted, setWanted] = useState<string[]>([])
  useEffect(() => {
    const found = wanted.map((one) => place.current?.querySelector<HTMLElement>(one))
    found.find(Boolean)?.focus()
  }, [wanted, place])
  return setWanted
}
