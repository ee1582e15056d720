import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { $api } from '../api/client'
import type { Action, RequestDetail } from '../api/types'
import { ActionDialog } from './ActionDialog'
import { AssignDialog } from './AssignDialog'
import { verbOf } from './actionLabels'
import { StatusMark } from './Marks'
import { useRefreshOnConflict } from './moves'
import { refreshRequest } from './queries'
import classes from './RequestActions.module.css'
import { StandsSince } from './StandsSince'

/** Where the request stands and what the server lets this person do about it. */
export function RequestActions({ request }: { request: RequestDetail }) {
  const client = useQueryClient()
  const [asking, setAsking] = useState<Action | null>(null)
  const refreshOnConflict = useRefreshOnConflict()
  const move = $api.useMutation('patch', '/api/requests/{request_id}/status', {
    onSuccess: () => refreshRequest(client),
    onError: refreshOnConflict,
  })
  const start = (action: Action) => {
    if (action.needsReason || action.name === 'assign') return setAsking(action)
    move.mutate({
      params: { path: { request_id: request.id } },
      body: { status: action.to },
    })
  }
  const allowed = request.actions.filter((action) => action.allowed)
  const refused = request.actions.filter((action) => !action.allowed)
  // The server offers first what moves the work on. Where that is another person's, nothing is primary.
  const primary = request.actions[0]?.allowed ? request.actions[0].name : null
  const running = move.isPending ? move.variables.body.status : null
  return (
    <section className={classes.panel} aria-label="Status">
      <div className={classes.status}>
        <StatusMark status={request.status} />
        <StandsSince request={request} />
      </div>
      {allowed.length > 0 && (
        <div className={classes.open}>
          {allowed.map((action) => (
            <Button
              key={action.name}
              variant={action.name === primary ? 'filled' : 'default'}
              className={action.name === primary ? classes.primary : undefined}
              loading={running === action.to}
              disabled={running !== null && running !== action.to}
              title={`Moves the request to ${action.to}`}
              onClick={() => start(action)}
            >
              {verbOf(action.name)}
            </Button>
          ))}
        </div>
      )}
      <RefusedActions actions={refused} />
      <ActionDialog request={request} action={asking} onClose={() => setAsking(null)} />
      <AssignDialog
        request={request}
        opened={asking?.name === 'assign'}
        onClose={() => setAsking(null)}
      />
    </section>
  )
}

/** What others may do now, with the server's reason once for all that share it. */
function RefusedActions({ actions }: { actions: Action[] }) {
  const reasons = [...new Set(actions.map((action) => action.why ?? ''))]
  return reasons.map((why, index) => (
    <div key={why} className={classes.closed}>
      {actions
        .filter((action) => (action.why ?? '') === why)
        .map((action) => (
          <Button
            key={action.name}
            variant="default"
            size="xs"
            data-disabled
            aria-disabled
            aria-describedby={`why-${index}`}
            onClick={(event) => event.preventDefault()}
          >
            {verbOf(action.name)}
          </Button>
        ))}
      <p id={`why-${index}`} className={classes.why}>
        {why}
      </p>
    </div>
  ))
}
