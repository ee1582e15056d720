import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { coalesced } from './coalesce'
import { type Message, messageReader } from './messages'
import { pauseAfter } from './stream'
import { type ChangeEvent, isTouched } from './touched'

const list = ['get', '/api/requests', { params: { query: { sort: '-createdAt' } } }]
const counts = ['get', '/api/requests/counts', { params: { query: {} } }]
const found = ['get', '/api/requests', { params: { query: { q: 'weld' } } }]
const detail = ['get', '/api/requests/{request_id}', { params: { path: { request_id: 'SF-7' } } }]
const log = [
  'get',
  '/api/requests/{request_id}/activity',
  { params: { path: { request_id: 'u-7' } } },
]
const other = ['get', '/api/requests/{request_id}', { params: { path: { request_id: 'SF-70' } } }]
const people = ['get', '/api/users', {}]
const told = ['get', '/api/notifications', { params: { query: { unread: true } } }]
const all = [list, counts, found, detail, log, other, people, told]

function touched(type: ChangeEvent['type'], cachedVersion = 1) {
  const event = { type, requestId: 'u-7', key: 'SF-7', version: 2 }
  return all.filter((key) => isTouched(event, key, { request: { version: cachedVersion } }))
}

describe('isTouched', () => {
  it.each(['created', 'changed', 'gone'] as const)('%s: lists, counts and this request', (type) => {
    expect(touched(type)).toEqual([list, counts, found, detail, log, told])
  })

  it('a comment changes no list but one that was searched, for comments are searched too', () => {
    expect(touched('commented')).toEqual([found, detail, log, told])
  })

  it('leaves a detail alone that has this version already, except where it went out of sight', () => {
    expect(touched('changed', 2)).toEqual([list, counts, found, log, told])
    expect(touched('gone', 2)).toContain(detail)
    expect(touched('commented', 2)).toContain(detail)
  })
})

describe('messageReader', () => {
  it('puts together what was cut anywhere, and takes ids from heartbeats', () => {
    const text = 'id: 5.1\ndata: {"a":1}\n\n: still here\nid: 9.0\n\nid: 9.4\ndata: x\n\n'
    for (let cut = 0; cut <= text.length; cut++) {
      const heard: Message[] = []
      const reader = messageReader((message) => heard.push(message))
      reader.take(text.slice(0, cut))
      reader.take(text.slice(cut))
      expect(heard).toEqual([
        { id: '5.1', data: '{"a":1}' },
        { id: '9.4', data: 'x' },
      ])
      expect(reader.lastId()).toBe('9.4')
    }
  })

  it('moves on with a heartbeat alone', () => {
    const reader = messageReader(() => undefined)
    reader.take(': still here\nid: 12.0\n\n')
    expect(reader.lastId()).toBe('12.0')
  })
})

describe('coalesced', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('runs once for a burst and at most once in a gap', () => {
    const runs: string[][] = []
    const burst = coalesced<string>((items) => {
      runs.push([...items])
      return []
    }, 200)
    for (let n = 0; n < 50; n++) burst.add(n % 2 ? 'list' : 'counts')
    vi.advanceTimersByTime(30)
    expect(runs).toEqual([['counts', 'list']])
    burst.add('list')
    vi.advanceTimersByTime(150)
    expect(runs).toHaveLength(1)
    vi.advanceTimersByTime(60)
    expect(runs).toEqual([['counts', 'list'], ['list']])
  })

  it('keeps what is not done yet for the next run', () => {
    const runs: string[][] = []
    const queue = coalesced<string>((items) => {
      runs.push([...items])
      return runs.length < 3 ? items : []
    }, 200)
    queue.add('busy')
    vi.advanceTimersByTime(2_000)
    expect(runs).toEqual([['busy'], ['busy'], ['busy']])
  })

  it('forgets everything when cleared', () => {
    const run = vi.fn(() => [])
    const queue = coalesced<string>(run, 200)
    queue.add('late')
    queue.clear()
    vi.advanceTimersByTime(1_000)
    expect(run).not.toHaveBeenCalled()
  })
})

describe('pauseAfter', () => {
  it('grows, has an end, and differs from client to client', () => {
    expect(pauseAfter(1, 1)).toBe(500)
    expect(pauseAfter(3, 1)).toBe(2_000)
    expect(pauseAfter(40, 1)).toBe(15_000)
    expect(pauseAfter(40, 0)).toBe(9_000)
  })
})
