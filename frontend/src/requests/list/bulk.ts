import type { Priority, Request, Status } from '../../api/types'

export type Change =
  | { move: { status: Status; reason?: string } }
  | { assign: { engineerId: string; estimatedHours: number } }
  | { priority: Priority }

interface Step {
  requests: Request[]
  change: Change
}

export function namesOf(requests: Request[]): string {
  return (requests.length === 1 && requests[0]?.key) || `${requests.length} requests`
}

export function doneWords(count: number, change: Change): string {
  const what = count === 1 ? '1 request' : `${count} requests`
  if ('move' in change) return `${what} moved to ${change.move.status}`
  if ('assign' in change) return `${what} assigned`
  return `${what} set to ${change.priority}`
}

/**
 * The calls that put things back. A priority always can be; an assignment where it only changed engineer or hours, and
 * not the status; a move has no way back of its own.
 */
export function undoOf(before: Request[], done: Request[], change: Change): Step[] {
  const after = new Map(done.map((request) => [request.id, request]))
  const changed = before.filter((request) => after.has(request.id))
  if ('priority' in change) {
    const other = changed.filter(({ priority }) => priority !== change.priority)
    return stepsOf(other, ({ priority }) => ({ priority }))
  }
  if (!('assign' in change)) return []
  const sameStatus = changed.filter(({ id, status }) => after.get(id)?.status === status)
  if (sameStatus.length < changed.length) return []
  return stepsOf(sameStatus, ({ assignedTo, estimatedHours }) =>
    assignedTo && estimatedHours ? { assign: { engineerId: assignedTo, estimatedHours } } : null,
  )
}

function stepsOf(requests: Request[], changeOf: (request: Request) => Change | null): Step[] {
  const steps = new Map<string, Step>()
  for (const request of requests) {
    const change = changeOf(request)
    if (!change) continue
    const key = JSON.stringify(change)
    steps.set(key, { change, requests: [...(steps.get(key)?.requests ?? []), request] })
  }
  return [...steps.values()]
}

/** One request of each kind that the server may treat differently: by status, and by the person's part in it. */
export function kindsOf(requests: Request[], me: string): Map<Request, number> {
  const kinds = new Map<string, { first: Request; count: number }>()
  for (const request of requests) {
    const { status, createdBy, assignedTo } = request
    const key = `${status} ${createdBy === me} ${assignedTo === me}`
    const kind = kinds.get(key) ?? { first: request, count: 0 }
    kinds.set(key, { ...kind, count: kind.count + 1 })
  }
  return new Map([...kinds.values()].map(({ first, count }) => [first, count]))
}
