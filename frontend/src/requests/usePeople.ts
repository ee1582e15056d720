import { $api } from '../api/client'
import type { User } from '../api/types'

/** Everybody, once asked for, to choose from and to know their names by. */
export function usePeople(isWanted = true): User[] | undefined {
  return $api.useQuery('get', '/api/users', {}, { staleTime: 60_000, enabled: isWanted }).data
    ?.users
}
