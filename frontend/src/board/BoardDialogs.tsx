import { lazy, Suspense } from 'react'
import type { Action, RequestDetail } from '../api/types'
import type { Card } from './types'

const ActionDialog = lazy(() => import('../requests/ActionDialog'))
const AssignDialog = lazy(() => import('../requests/AssignDialog'))

export interface Asking {
  card: Card
  action: Action
}

interface Props {
  asking: Asking
  onAction: (action: Action) => void
  onDone: (request: RequestDetail) => void
  onClose: () => void
}

/** What a move needs beyond its place: the same dialogs as on the page of the request. */
export function BoardDialogs({ asking, onAction, onDone, onClose }: Props) {
  const shared = { request: asking.card, log: [], onDone, onClose }
  return (
    <Suspense>
      {asking.action.name === 'assign' ? (
        <AssignDialog {...shared} />
      ) : (
        <ActionDialog {...shared} action={asking.action} onAction={onAction} />
      )}
    </Suspense>
  )
}
