import { describe, expect, it } from 'vitest'
import type { Request, User } from '../api/types'
import { type Card, firstOf, holderOf } from './cards'

function card(key: string, priority: string): Card {
  return { key, priority } as Card
}

describe('firstOf', () => {
  it('puts the urgent before the old, whatever their columns, and stops', () => {
    const columns = [
      { cards: [card('SF-7', 'High'), card('SF-2', 'Low')] },
      { cards: [card('SF-4', 'High'), card('SF-1', 'Medium'), card('SF-30', 'Medium')] },
    ]
    expect(firstOf(columns, 4).map(({ key }) => key)).toEqual(['SF-4', 'SF-7', 'SF-1', 'SF-30'])
  })
})

describe('holderOf', () => {
  const me = { id: 'alice' } as User
  const base = {
    createdBy: 'alice',
    createdByName: 'Alice',
    assignedTo: 'charlie',
    assignedToName: 'Charlie',
  }
  it.each([
    ['manager', 'with a manager'],
    ['engineer', 'with Charlie'],
    ['requester', 'with you'],
    [null, null],
  ] as const)('%s: %s', (waitsFor, words) => {
    expect(holderOf({ ...base, waitsFor } as Request, me)).toBe(words)
  })

  it('names the requester to everybody else', () => {
    const request = { ...base, waitsFor: 'requester' } as Request
    expect(holderOf(request, { id: 'bob' } as User)).toBe('with Alice')
  })
})
