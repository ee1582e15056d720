import { MutationCache, QueryClient } from '@tanstack/react-query'
import { ApiError, messageOf } from '../api/problem'
import { notifyError } from '../ui/notify'

/** Answers that a second try cannot change. */
function isFinal(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500
}

export const queryClient = new QueryClient({
  // A mutation whose caller shows the error itself says so with `meta: { inline: true }`.
  mutationCache: new MutationCache({
    onError(error, _variables, _result, mutation) {
      const ended = error instanceof ApiError && error.status === 401
      if (!mutation.meta?.inline && !ended) notifyError(messageOf(error))
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => !isFinal(error) && count < 1,
      retryDelay: 800,
    },
  },
})
