import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { messageOf } from '../api/problem'
import type { Action, RequestDetail } from '../api/types'
import { verbOf } from '../requests/actionLabels'
import { detailOptions } from '../requests/queries'
import { useMove } from '../requests/useMove'
import { notifyError } from '../ui/notify'
import type { Card } from './cards'
import classes from './LineAction.module.css'

// Not needed before somebody presses a button that asks for more.
const ActionDialog = lazy(() => import('../requests/ActionDialog'))
const AssignDialog = lazy(() => import('../requests/AssignDialog'))

interface Asking {
  request: RequestDetail
  action: Action
}

/** What moves this request on, where it is this person's to do: the server offers it first. */
export function LineAction({ card }: { card: Card }) {
  const client = useQueryClient()
  const [asking, setAsking] = useState<Asking | null>(null)
  const { move, goingTo } = useMove({
    onDone: () => undefined,
    onRefused: (error) => notifyError(`${card.key}: ${messageOf(error)}`),
  })
  const action = card.actions[0]
  if (!action?.allowed) return null
  const start = async () => {
    if (!action.needsReason && action.name !== 'assign') return move(card, action)
    try {
      const { request } = await client.fetchQuery(detailOptions(card.key))
      const now = request.actions.find(({ name }) => name === action.name)
      if (now?.allowed) setAsking({ request, action: now })
    } catch (error) {
      notifyError(messageOf(error))
    }
  }
  const props = asking && { request: asking.request, log: [], onClose: () => setAsking(null) }
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        className={classes.button}
        aria-label={`${verbOf(action.name)}: ${card.key}`}
        title={`Moves ${card.key} to ${action.to}`}
        loading={goingTo !== null}
        onClick={start}
      >
        {verbOf(action.name)}
      </Button>
      {asking && props && (
        <Suspense>
          {asking.action.name === 'assign' ? (
            <AssignDialog {...props} />
          ) : (
            <ActionDialog
              {...props}
              action={asking.action}
              onAction={(next) => setAsking({ ...asking, action: next })}
            />
          )}
        </Suspense>
      )}
    </>
  )
}
