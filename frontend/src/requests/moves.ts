import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { ApiError } from '../api/problem'
import { refreshRequest } from './queries'

/**
 * 409 says that the request stands elsewhere by now, 403 and 404 that this person's part has changed:
 * the page then shows what is so, beside the message.
 */
export function useRefreshOnConflict(): (error: unknown) => void {
  const client = useQueryClient()
  return useCallback(
    (error) => {
      if (error instanceof ApiError && [403, 404, 409].includes(error.status))
        refreshRequest(client)
    },
    [client],
  )
}
