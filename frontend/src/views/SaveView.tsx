import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { messageOf } from '../api/problem'
import { isStaff, useSession } from '../app/session'
import type { Layout } from '../requests/ListHeader'
import type { ListSearch } from '../requests/listSearch'
import { useFirstFocus } from '../ui/useFirstFocus'
import { toQuery, useViewChanges, type View } from './useViews'
import classes from './Views.module.css'

interface Props {
  search: ListSearch
  layout: Layout
  /** The view to rename, where it is not a new one. */
  view?: View
  onDone: () => void
}

/** A name for what is shown, and who shall see it. */
export default function SaveView({ search, layout, view, onDone }: Props) {
  const place = useFirstFocus<HTMLFormElement>()
  const [name, setName] = useState(view?.name ?? '')
  const [shared, setShared] = useState(view?.shared ?? false)
  const [message, setMessage] = useState<string | null>(null)
  const { create, edit, isPending } = useViewChanges()
  const navigate = useNavigate()
  const canShare = isStaff(useSession())
  const save = async () => {
    if (view) await edit(view.id, { name, shared })
    else {
      const made = await create({ name, shared, layout, query: toQuery(search) })
      await navigate({ to: '/views/$viewId', params: { viewId: made.view.id } })
    }
    onDone()
  }
  return (
    <form
      ref={place}
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        setMessage(null)
        save().catch((error) => setMessage(messageOf(error)))
      }}
    >
      <label>
        Name
        <input
          type="text"
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </label>
      {canShare && (
        <label className={classes.shared}>
          <input
            type="checkbox"
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          Share with engineers, managers and admins
        </label>
      )}
      {message && <p role="alert">{message}</p>}
      <button type="submit" className={classes.save} disabled={isPending || !name.trim()}>
        {view ? 'Save' : 'Save view'}
      </button>
    </form>
  )
}
