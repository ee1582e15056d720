import { describe, expect, it } from 'vitest'
import type { Request } from '../../api/types'
import { doneWords, kindsOf, undoOf } from './bulk'

const request = (id: string, more: Partial<Request> = {}) =>
  ({
    id,
    status: 'Engineering Review',
    priority: 'Low',
    createdBy: 'you',
    assignedTo: 'x',
    estimatedHours: 8,
    ...more,
  }) as Request

describe('undoOf', () => {
  it('puts each priority back to what it was, of those that were changed', () => {
    const before = [
      request('a'),
      request('b', { priority: 'Medium' }),
      request('c'),
      request('d', { priority: 'High' }),
    ]
    const done = before.slice(0, 2).concat(before.slice(3))
    expect(
      undoOf(before, done, { priority: 'High' }).map(({ requests, change }) => [
        requests.map(({ id }) => id),
        change,
      ]),
    ).toEqual([
      [['a'], { priority: 'Low' }],
      [['b'], { priority: 'Medium' }],
    ])
  })

  const assign = { assign: { engineerId: 'y', estimatedHours: 4 } }

  it('gives back to who had it, where nothing else changed', () => {
    const before = [request('a'), request('b')]
    expect(undoOf(before, before, assign)).toEqual([
      { requests: before, change: { assign: { engineerId: 'x', estimatedHours: 8 } } },
    ])
  })

  it('offers no way back that would only be half of one', () => {
    const before = [request('a', { status: 'In Progress' }), request('b')]
    expect(undoOf(before, [request('a'), request('b')], assign)).toEqual([])
    expect(undoOf(before, before, { move: { status: 'On Hold' } })).toEqual([])
  })
})

it('says what was done', () => {
  expect(doneWords(1, { priority: 'High' })).toBe('1 request set to High')
  expect(doneWords(3, { move: { status: 'Denied' } })).toBe('3 requests moved to Denied')
})

it('knows kinds of requests by status and by the part that one has in them', () => {
  const all = [
    request('a'),
    request('b'),
    request('c', { createdBy: 'me' }),
    request('d', { status: 'Denied' }),
  ]
  expect([...kindsOf(all, 'me')].map(([{ id }, count]) => [id, count])).toEqual([
    ['a', 2],
    ['c', 1],
    ['d', 1],
  ])
})
