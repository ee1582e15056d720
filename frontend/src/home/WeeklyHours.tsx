import { UnstyledButton } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useId, useRef, useState } from 'react'
import { $api } from '../api/client'
import { ApiError, toFormErrors } from '../api/problem'
import type { ListedUser } from '../api/types'
import { ifMatch } from '../requests/queries'
import { toNumber } from '../ui/number'
import classes from './Load.module.css'
import { homePath } from './paths'
import type { Load } from './types'

/** How much somebody works a week, changed where it stands. */
export function WeeklyHours({ one, canEdit }: { one: Load; canEdit: boolean }) {
  const [isEditing, setEditing] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const goesBack = useRef(false)
  const words = `${one.weeklyHours} h/week`
  if (!canEdit) return <span className={classes.hours}>{words}</span>
  if (!isEditing) {
    return (
      <UnstyledButton
        // Who was still in the field goes on at the button; who has left it stays where they went.
        ref={(button) => {
          if (goesBack.current) button?.focus()
          goesBack.current = false
        }}
        className={classes.hours}
        aria-label={`${words}: change for ${one.name}`}
        title="Change the hours a week"
        onClick={() => setEditing(true)}
      >
        {words}
      </UnstyledButton>
    )
  }
  const close = () => {
    goesBack.current = document.activeElement === field.current
    setEditing(false)
  }
  return <HoursForm one={one} field={field} onClose={close} />
}

interface FormProps {
  one: Load
  field: RefObject<HTMLInputElement | null>
  onClose: () => void
}

function HoursForm({ one, field, onClose }: FormProps) {
  const id = useId()
  const client = useQueryClient()
  const [typed, setTyped] = useState(String(one.weeklyHours))
  const [seen, setSeen] = useState({ version: one.version, hours: one.weeklyHours, others: false })
  const [refusal, setRefusal] = useState<string | null>(null)
  const refresh = () => client.invalidateQueries({ queryKey: ['get', homePath] })
  const change = $api.useMutation('patch', '/api/users/{user_id}', {
    meta: { inline: true },
    onSuccess: async () => {
      await refresh()
      onClose()
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 412) {
        const { version, weeklyHours } = error.problem.user as ListedUser
        refresh()
        setSeen({ version, hours: weeklyHours ?? 0, others: true })
        return setRefusal(
          `Somebody has set it to ${weeklyHours} meanwhile. Enter replaces that, Esc leaves it.`,
        )
      }
      const { fields, form } = toFormErrors(error, ['weeklyHours'])
      setRefusal(fields.weeklyHours ?? form)
    },
  })
  const save = () => {
    if (change.isPending) return
    if (typed.trim() === String(seen.hours)) return onClose()
    change.mutate({
      params: { path: { user_id: one.engineerId }, header: ifMatch(seen.version) },
      body: { weeklyHours: toNumber(typed) },
    })
  }
  return (
    <>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <input
          ref={field}
          // biome-ignore lint/a11y/noAutofocus: it stands where the button was that was just pressed
          autoFocus
          className={classes.input}
          aria-label={`Hours a week of ${one.name}`}
          aria-invalid={refusal !== null}
          aria-describedby={refusal === null ? undefined : id}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setTyped(event.currentTarget.value)}
          // What others have set is replaced by a key alone, not by looking elsewhere.
          onBlur={() => !seen.others && save()}
          onKeyDown={(event) => event.key === 'Escape' && onClose()}
        />
      </form>
      {refusal !== null && (
        <p id={id} role="alert" className={classes.refusal}>
          {refusal}
        </p>
      )}
    </>
  )
}
