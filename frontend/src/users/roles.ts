import type { Role } from '../api/types'

export const roleLabels: Record<Role, string> = {
  USER: 'Requester',
  ENGINEER: 'Engineer',
  MANAGER: 'Manager',
  ADMIN: 'Administrator',
}

/** For roles that arrive as free text, as an old comment's author role does. */
export function roleLabel(role: string): string {
  return role in roleLabels ? roleLabels[role as Role] : role
}
