import { useMutationState } from '@tanstack/react-query'
import type { Comment } from '../api/types'
import { useSession } from '../app/session'
import { type NewComment, type Sending, stillSending } from './sending'

interface Variables {
  params: { path: { request_id: string } }
  body: NewComment
}

/** The signed-in person's comments on this request that the server has not confirmed yet. */
export function useSending(requestId: string, comments: Comment[]): Sending[] {
  const author = useSession()
  const sending = useMutationState({
    filters: {
      mutationKey: ['post', '/api/requests/{request_id}/comments'],
      status: 'pending',
      predicate: ({ state }) =>
        (state.variables as Variables | undefined)?.params.path.request_id === requestId,
    },
    select: ({ state }): Sending => ({
      ...(state.variables as Variables).body,
      submittedAt: state.submittedAt,
      isWaiting: state.isPaused,
    }),
  })
  return stillSending(sending, comments, author)
}
