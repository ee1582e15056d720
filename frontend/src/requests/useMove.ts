import { useQueryClient } from '@tanstack/react-query'
import { $api } from '../api/client'
import { keptAlive } from '../api/once'
import type { Action, RequestDetail } from '../api/types'
import { useShowWhatIsSo } from './moves'
import { ifMatch, showRequest } from './queries'

interface Handlers {
  onDone: (request: RequestDetail) => void
  /** `isShown`: the page of the request tells already what is so. */
  onRefused: (error: unknown, isShown: boolean, requestId: string) => void
}

/** Moves a request that stands as the person saw it. */
export function useMove({ onDone, onRefused }: Handlers) {
  const client = useQueryClient()
  const showWhatIsSo = useShowWhatIsSo()
  const move = $api.useMutation('patch', '/api/requests/{request_id}/status', {
    meta: { inline: true },
    onSuccess: ({ request }) => {
      showRequest(client, request)
      onDone(request)
    },
    onError: (error, { params }) => onRefused(error, showWhatIsSo(error), params.path.request_id),
  })
  return {
    move(
      seen: Pick<RequestDetail, 'id' | 'version'>,
      action: Action,
      more: { reason?: string; suggestedHours?: number } = {},
    ) {
      const params = { path: { request_id: seen.id }, header: ifMatch(seen.version) }
      const body = { status: action.to, ...more }
      move.mutate({ params, body, ...keptAlive(more.reason) })
    },
    /** Where it goes, while the server has not answered. */
    goingTo: move.isPending ? move.variables.body.status : null,
    /** No answer will come before the connection is back. */
    isWaiting: move.isPaused,
  }
}
