import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { $api } from '../api/client'
import { FormMessage } from '../ui/States'
import { useFirstFocus } from '../ui/useFirstFocus'
import classes from './Links.module.css'
import { type Relation, relations, relationVerbs } from './linkWords'
import { StatusGlyph } from './Marks'
import { whyNot } from './useLinks'

interface Props {
  requestKey: string
  add: (relation: Relation, other: string) => Promise<void>
  isAdding: boolean
  onDone: () => void
}

const MOST = 8
/** Which relation, and to which request: by its key, or found by words. */
export default function AddLink({ requestKey, add, isAdding, onDone }: Props) {
  const place = useFirstFocus<HTMLFormElement>()
  const [relation, setRelation] = useState<Relation>('blockedBy')
  const [typed, setTyped] = useState('')
  const [message, setMessage] = useState<string | null>(null)
  const [asked] = useDebouncedValue(typed.trim(), 150)
  const found = $api.useQuery(
    'get',
    '/api/requests',
    { params: { query: { q: asked, limit: MOST } } },
    { enabled: asked !== '', placeholderData: keepPreviousData },
  )
  const others = (found.data?.requests ?? []).filter(({ key }) => key !== requestKey)
  const isKey = /^sf-\d+$/i.test(typed.trim())
  const link = async (other: string) => {
    setMessage(null)
    try {
      await add(relation, other)
      onDone()
    } catch (error) {
      setMessage(whyNot(error))
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const other = isKey ? typed.trim() : asked === typed.trim() ? others[0]?.key : undefined
    if (other && !isAdding) link(other)
  }
  return (
    <form ref={place} className={classes.form} onSubmit={submit}>
      <label>
        This request
        <select
          value={relation}
          onChange={({ currentTarget }) => setRelation(currentTarget.value as Relation)}
        >
          {relations.map((one) => (
            <option key={one} value={one}>
              {relationVerbs[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        The other request
        <input
          type="text"
          placeholder="SF-… or words"
          autoComplete="off"
          maxLength={200}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
      <FormMessage>{message}</FormMessage>
      {asked !== '' && (
        <ul className={classes.found} aria-label="Found" aria-busy={found.isFetching}>
          {others.map(({ key, title, status }) => (
            <li key={key}>
              <button type="button" disabled={isAdding} onClick={() => link(key)} title={title}>
                <StatusGlyph status={status} />
                <span className={classes.key}>{key}</span>
                <bdi>{title}</bdi>
              </button>
            </li>
          ))}
          {found.data && !found.isFetching && others.length === 0 && (
            <li className={classes.none}>No other request that you may see matches.</li>
          )}
        </ul>
      )}
    </form>
  )
}
