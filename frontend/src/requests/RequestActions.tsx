import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { messageOf } from '../api/problem'
import type { Action, Activity, RequestDetail } from '../api/types'
import { show } from '../commands/overlays'
import { useCommands, useShortcuts } from '../commands/useShortcuts'
import { keepFocus } from '../ui/focus'
import { notify, notifyError } from '../ui/notify'
import { verbOf } from './actionLabels'
import classes from './RequestActions.module.css'
import { Standing } from './Standing'
import { useMove } from './useMove'

interface Props {
  request: RequestDetail
  log: Activity[]
}

// Dialogs and what they need are a fifth of this page's code, and most visits open none.
const Meanwhile = lazy(() =>
  import('./Meanwhile').then(({ Meanwhile }) => ({ default: Meanwhile })),
)
const ActionDialog = lazy(() => import('./ActionDialog'))
const AssignDialog = lazy(() => import('./AssignDialog'))
const Question = lazy(() => import('./Question').then((part) => ({ default: part.Question })))

/** Where the request stands and what the server lets this person do about it. */
export function RequestActions({ request, log }: Props) {
  const [asking, setAsking] = useState<Action | null>(null)
  const [refused, setRefused] = useState<RequestDetail | null>(null)
  const { move, goingTo, isWaiting } = useMove({
    onDone: () => requestAnimationFrame(() => keepFocus()),
    onRefused: (error, isShown) => {
      if (isShown) setRefused(request)
      else notifyError(messageOf(error))
    },
  })
  const start = (action: Action) => {
    setRefused(null)
    if (action.needsReason || action.name === 'assign') return setAsking(action)
    move(request, action)
  }
  useActionKeys(request, start)
  const allowed = request.actions.filter((action) => action.allowed)
  const closed = request.actions.filter((action) => !action.allowed && !action.isHindered)
  const hindered = request.actions.filter((action) => action.isHindered)
  // The server offers first what moves the work on. Where that is another person's, nothing is primary.
  const primary = request.actions[0]?.allowed ? request.actions[0].name : null
  return (
    <section className={classes.panel} aria-label="Status">
      <Standing {...{ request, goingTo, isWaiting }} />
      <Suspense>{refused && <Meanwhile seen={refused} {...{ request, log }} />}</Suspense>
      {request.status === 'Information Needed' && (
        <Suspense>
          <Question request={request} />
        </Suspense>
      )}
      <RefusedActions actions={hindered} isNext />
      {allowed.length > 0 && (
        <div className={classes.open}>
          {allowed.map((action) => (
            <Button
              key={action.name}
              variant={action.name === primary ? 'filled' : 'default'}
              className={action.name === primary ? classes.primary : undefined}
              loading={goingTo === action.to}
              disabled={goingTo !== null && goingTo !== action.to}
              title={`Moves the request to ${action.to}`}
              onClick={() => start(action)}
            >
              {verbOf(action.name)}
            </Button>
          ))}
        </div>
      )}
      <RefusedActions actions={closed} />
      <Suspense>
        {asking?.name === 'assign' && (
          <AssignDialog {...{ request, log }} onClose={() => setAsking(null)} />
        )}
        {asking && asking.name !== 'assign' && (
          <ActionDialog
            {...{ request, log }}
            action={asking}
            onAction={setAsking}
            onClose={() => setAsking(null)}
          />
        )}
      </Suspense>
    </section>
  )
}

/** `a` assigns, `s` offers the moves, and the palette has them all, those that are not open with the reason. */
function useActionKeys(request: RequestDetail, start: (action: Action) => void): void {
  const group = `Move ${request.key}`
  const assign = request.actions.find(({ name }) => name === 'assign')
  const moves = request.actions.map((action) => ({
    group,
    label: verbOf(action.name),
    words: `move status ${action.to}`,
    inPalette: true,
    enabled: action.allowed,
    why: action.why ?? undefined,
    run: () => start(action),
  }))
  useCommands(moves)
  const tellOrAssign = () => {
    if (assign?.allowed) start(assign)
    else if (assign?.why) notify(assign.why)
  }
  useShortcuts([
    {
      keys: 'a',
      label: 'Assign',
      group: 'This request',
      enabled: Boolean(assign),
      run: tellOrAssign,
    },
    {
      keys: 's',
      label: 'Move to another status',
      group: 'This request',
      enabled: request.actions.length > 0,
      run: () => show('palette', group),
    },
  ])
}

interface RefusedProps {
  actions: Action[]
  /** One's own next step, which waits for something. */
  isNext?: boolean
}

/** What is not open now, with the server's reason once for all that share it. */
function RefusedActions({ actions, isNext }: RefusedProps) {
  const reasons = [...new Set(actions.map((action) => action.why ?? ''))]
  return reasons.map((why, index) => (
    <div key={why} className={classes.closed}>
      {actions
        .filter((action) => (action.why ?? '') === why)
        .map((action) => (
          <Button
            key={action.name}
            variant="default"
            size={isNext ? 'sm' : 'xs'}
            className={isNext ? classes.next : undefined}
            data-disabled
            aria-disabled
            aria-describedby={`why-${isNext ?? ''}${index}`}
            onClick={(event) => event.preventDefault()}
          >
            {verbOf(action.name)}
          </Button>
        ))}
      <p id={`why-${isNext ?? ''}${index}`} className={classes.why}>
        {why}
      </p>
    </div>
  ))
}
