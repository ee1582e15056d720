import { Button, Textarea } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '../../api/problem'
import type { Action, Request } from '../../api/types'
import { useSession } from '../../app/session'
import { Dialog } from '../../ui/Dialog'
import { FormMessage } from '../../ui/States'
import { verbOf } from '../actionLabels'
import dialogs from '../Dialogs.module.css'
import { StatusMark } from '../Marks'
import { detailOptions } from '../queries'
import classes from './BulkBar.module.css'
import { kindsOf, namesOf } from './bulk'
import { type Bulk, whyNothing } from './useBulk'

interface Props {
  requests: Request[]
  bulk: Bulk
  onClose: () => void
}

interface Offer {
  action: Action
  /** For how many of the selected requests the server offers it. */
  count: number
}

export default function BulkMove({ requests, bulk, onClose }: Props) {
  return (
    <Dialog title={`Move: ${namesOf(requests)}`} onClose={onClose}>
      <MoveForm {...{ requests, bulk, onClose }} />
    </Dialog>
  )
}

/** The moves that the server offers, asked for one request of each kind. */
function useOffers(requests: Request[]) {
  const kinds = kindsOf(requests, useSession().id)
  const details = useQueries({ queries: [...kinds.keys()].map(({ id }) => detailOptions(id)) })
  const counts = [...kinds.values()]
  const offers = new Map<string, Offer>()
  details.forEach(({ data }, index) => {
    for (const action of data?.request.actions ?? []) {
      if (!action.allowed || action.name === 'assign') continue
      const count = (offers.get(action.to)?.count ?? 0) + (counts[index] ?? 0)
      const needsReason = action.needsReason || Boolean(offers.get(action.to)?.action.needsReason)
      offers.set(action.to, { action: { ...action, needsReason }, count })
    }
  })
  const isPending = details.some((detail) => detail.isPending)
  return { offers: [...offers.values()].sort((a, b) => b.count - a.count), isPending }
}

function MoveForm({ requests, bulk, onClose }: Props) {
  const { offers, isPending } = useOffers(requests)
  const [to, setTo] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const [message, setMessage] = useState<string | null>(null)
  const chosen = offers.find(({ action }) => action.to === to)?.action
  const submit = async (event: React.FormEvent) => {
    event.preventDefault()
    if (!chosen) return
    if (chosen.needsReason && !reason.trim()) return setMissing(true)
    setMessage(null)
    const move = { status: chosen.to, ...(chosen.needsReason && { reason }) }
    try {
      const why = whyNothing(await bulk.attempt(requests, { move }))
      if (why) setMessage(why)
      else onClose()
    } catch (error) {
      setMessage(messageOf(error))
    }
  }
  return (
    <form className={dialogs.form} onSubmit={submit} noValidate>
      <div className={classes.moves} role="radiogroup" aria-label="Move to" aria-busy={isPending}>
        {offers.map(({ action, count }) => (
          <label key={action.to} className={classes.move}>
            <input
              type="radio"
              name="to"
              checked={to === action.to}
              onChange={() => setTo(action.to)}
            />
            <StatusMark status={action.to} />
            <small>
              {count === requests.length ? verbOf(action.name) : `${count} of ${requests.length}`}
            </small>
          </label>
        ))}
        {!isPending && offers.length === 0 && <p>None of them can be moved by you now.</p>}
      </div>
      {chosen?.needsReason && (
        <Textarea
          label="Reason"
          description="Everybody who may see the requests can read it."
          autosize
          minRows={2}
          maxRows={8}
          dir="auto"
          value={reason}
          error={missing && !reason.trim() && 'This move needs a reason.'}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <FormMessage>{message}</FormMessage>
      <div className={dialogs.buttons}>
        <Button variant="default" onClick={onClose}>
          Back
        </Button>
        <Button type="submit" disabled={!chosen} loading={bulk.isPending}>
          Move
        </Button>
      </div>
    </form>
  )
}
