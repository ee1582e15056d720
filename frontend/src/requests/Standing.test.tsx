// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { Action, RequestDetail, User } from '../api/types'
import { sessionOptions } from '../app/session'
import { Standing } from './Standing'

const alice = { id: 'a', name: 'Alice', role: 'USER' } as User
const charlie = { id: 'c', name: 'Charlie', role: 'ENGINEER' } as User
const bob = { id: 'b', name: 'Bob', role: 'MANAGER' } as User

function told(me: User, request: Partial<RequestDetail>, goingTo: string | null = null): string {
  const client = new QueryClient()
  client.setQueryData(sessionOptions.queryKey, { user: me })
  const whole = {
    createdBy: alice.id,
    createdByName: alice.name,
    assignedTo: charlie.id,
    assignedToName: charlie.name,
    statusSince: new Date().toISOString(),
    actions: [],
    ...request,
  } as unknown as RequestDetail
  render(
    <QueryClientProvider client={client}>
      <Standing request={whole} goingTo={goingTo} isWaiting={false} />
    </QueryClientProvider>,
  )
  return screen.getByRole('status').textContent ?? ''
}

const first = (name: string) => [{ name, allowed: false }] as Action[]

describe('Standing', () => {
  afterEach(cleanup)

  it.each([
    [alice, 'manager', 'a manager'],
    [bob, 'manager', 'you or another manager'],
    [alice, 'engineer', 'Charlie'],
    [charlie, 'engineer', 'you'],
    [bob, 'requester', 'Alice'],
    [alice, 'requester', 'you'],
  ] as const)('tells %o who has the ball: the %s', (me, waitsFor, words) => {
    const request = { status: 'Completed', waitsFor, actions: first('accept') } as const
    expect(told(me, request)).toBe(`Completedsince just nowWaits for ${words}, next: accept`)
  })

  it('says that nobody is waited for, whatever could still be done', () => {
    const request = { status: 'Denied', waitsFor: null, actions: first('reopen') } as const
    expect(told(bob, request)).toBe('Deniedsince just nowWaits for nobody')
  })

  it('says that the clock stands, for as long as it does', () => {
    const request = { status: 'Information Needed', waitsFor: 'requester' } as const
    const words = 'clock stopped since just now'
    expect(told(bob, { ...request, clockStopped: true })).toContain(words)
    cleanup()
    expect(told(bob, { ...request, clockStopped: true }, 'Denied')).not.toContain('clock')
    cleanup()
    expect(told(bob, { status: 'On Hold', clockStopped: false })).not.toContain('clock')
  })

  it('shows where a move goes, and that it is not there yet', () => {
    const request = { status: 'Completed', waitsFor: 'requester' } as const
    expect(told(alice, request, 'Accepted')).toMatch(/^Acceptedsaving …/)
  })
})
