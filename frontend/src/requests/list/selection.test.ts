import { describe, expect, it } from 'vitest'
import type { Request } from '../../api/types'
import { mostSelected, ranged, toggled } from './selection'

const request = (id: string) => ({ id }) as Request
const rows = [...'abcdef'].map(request)
const of = (ids: string) => new Map([...ids].map((id) => [id, request(id)]))
const ids = (selected: ReadonlyMap<string, Request>) => [...selected.keys()].sort().join('')

describe('selection', () => {
  it('takes a row in and out', () => {
    expect(ids(toggled(of('a'), request('b')))).toBe('ab')
    expect(ids(toggled(of('ab'), request('b')))).toBe('a')
  })

  it('takes a range in either direction, both ends and what was selected before', () => {
    expect(ids(ranged(of('f'), 1, 3, (at) => rows[at]))).toBe('bcdf')
    expect(ids(ranged(of('d'), 3, 1, (at) => rows[at]))).toBe('bcd')
    expect(ids(ranged(of('a'), 0, 0, (at) => rows[at]))).toBe('a')
  })

  it('leaves out headings and rows that are not there', () => {
    expect(ids(ranged(of('a'), 0, 3, (at) => (at === 2 ? undefined : rows[at])))).toBe('abd')
  })

  it('holds no more than can be changed at once', () => {
    const many = ranged(new Map(), 0, 9_999, (at) => request(String(at)))
    expect(many.size).toBe(mostSelected)
    expect(toggled(many, request('one more')).size).toBe(mostSelected)
    expect(toggled(many, request('7')).size).toBe(mostSelected - 1)
  })
})
