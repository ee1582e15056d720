import { useQueryClient } from '@tanstack/react-query'
import { ApiError } from '../api/problem'
import { currentOf, refreshRequest, showRequest } from './queries'

/**
 * 412 says that somebody else was quicker, 409 that the request stands elsewhere by now, 403 and 404 that this
 * person's part has changed: the page then shows what is so. True when the page itself says why.
 */
export function useShowWhatIsSo(): (error: unknown) => boolean {
  const client = useQueryClient()
  return (error) => {
    const current = currentOf(error)
    if (current) showRequest(client, current)
    else if (error instanceof ApiError && [403, 404, 409].includes(error.status))
      refreshRequest(client)
    return current !== null
  }
}
