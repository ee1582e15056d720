import { useEffect, useRef, useState } from 'react'
import { $api } from '../api/client'
import { matches } from '../ui/matching'
import { Avatar } from '../ui/Person'
import { roleLabel } from '../users/roles'
import { insertText } from './insert'
import classes from './MarkdownField.module.css'
import type { TypedMention } from './typedMention'

interface Props {
  id: string
  field: HTMLTextAreaElement
  mention: TypedMention
  /** Tells which option the keys have come to. */
  onOption: (id: string | null) => void
  onDone: () => void
}

const FEW = 6

/** The people whose name goes on as it was typed; the focus stays in the text. */
export default function MentionOptions({ id, field, mention, onOption, onDone }: Props) {
  const { data } = $api.useQuery('get', '/api/users', {}, { staleTime: 60_000 })
  const people = (data?.users ?? [])
    .filter(({ name }) => matches(name, mention.typed))
    .slice(0, FEW)
  const [at, setAt] = useState(0)
  const chosen = people[Math.min(at, people.length - 1)]
  const take = (name: string) => {
    insertText(field, `@${name} `, mention.start)
    onDone()
  }
  useEffect(() => onOption(chosen ? `${id}-${chosen.id}` : null), [chosen, id, onOption])
  useFieldKeys(field, (key) => {
    if (!chosen) return false
    if (key === 'Escape') onDone()
    else if (key === 'Enter' || key === 'Tab') take(chosen.name)
    else if (key === 'ArrowDown') setAt((at + 1) % people.length)
    else if (key === 'ArrowUp') setAt((at + people.length - 1) % people.length)
    else return false
    return true
  })
  if (people.length === 0) return null
  return (
    <div id={id} role="listbox" aria-label="People" className={classes.people}>
      {people.map((person) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text, which names the option
        // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the field's
        <div
          key={person.id}
          id={`${id}-${person.id}`}
          role="option"
          aria-selected={person === chosen}
          className={classes.person}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => take(person.name)}
        >
          <Avatar id={person.id} name={person.name} size={18} />
          {person.name}
          <span className={classes.role}>{roleLabel(person.role)}</span>
        </div>
      ))}
    </div>
  )
}

/** Keys of the field before the field itself gets them; what was of use goes no further. */
function useFieldKeys(field: HTMLTextAreaElement, use: (key: string) => boolean) {
  const latest = useRef(use)
  useEffect(() => {
    latest.current = use
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || !latest.current(event.key)) return
      event.preventDefault()
      event.stopPropagation()
    }
    field.addEventListener('keydown', listen, { capture: true })
    return () => field.removeEventListener('keydown', listen, { capture: true })
  }, [field])
}
