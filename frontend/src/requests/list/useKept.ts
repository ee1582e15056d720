import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'

/** State that is still there when one comes back to the page, and is gone with the session. */
export function useKept<T>(name: string, key: string, initial: T) {
  const client = useQueryClient()
  const queryKey = ['kept', name, key]
  const { data } = useQuery<T>({
    queryKey,
    queryFn: skipToken,
    initialData: initial,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30 * 60_000,
    // Kept as it is: what is compared by identity must stay identical.
    structuralSharing: false,
  })
  const update = (change: (before: T) => T) =>
    client.setQueryData<T>(queryKey, (before) => change(before ?? initial))
  return [data ?? initial, update] as const
}
