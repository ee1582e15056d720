import { useSuspenseQuery } from '@tanstack/react-query'
import { $api } from '../api/client'
import type { User } from '../api/types'

export const sessionOptions = $api.queryOptions('get', '/api/auth/session', undefined, {
  staleTime: 5 * 60_000,
})

/** The signed-in person. The shell's route has made sure that there is one. */
export function useSession(): User {
  return useSuspenseQuery(sessionOptions).data.user
}

/** Shows what the server offers to the people who work on requests, never decides what it allows. */
export function isStaff(user: User): boolean {
  return user.role !== 'USER'
}

export function isManager(user: User): boolean {
  return user.role === 'MANAGER' || user.role === 'ADMIN'
}

export function isAdmin(user: User): boolean {
  return user.role === 'ADMIN'
}
