import { describe, expect, it } from 'vitest'
import type { Request } from '../api/types'
import { changesOfOrder, inOldOrder } from './heldOrder'

const rows = (ids: string, version = 1) =>
  [...ids].map((id) => ({ id, version }) as unknown as Request)

describe('inOldOrder', () => {
  it('keeps each row in its place, with its new values', () => {
    const held = inOldOrder(rows('abc'), rows('xca', 2))
    expect(held.map(({ id, version }) => `${id}${version}`)).toEqual(['a2', 'b1', 'c2'])
  })
})

describe('changesOfOrder', () => {
  it.each([
    ['abc', 'abc', 0],
    ['abc', 'xabc', 1],
    ['abcd', 'xabc', 1],
    ['abc', 'ab', 1],
    ['abcde', 'eabcd', 1],
    ['abcde', 'edabc', 2],
    ['abc', 'xyz', 3],
    ['', 'ab', 2],
  ])('%s to %s: %i', (shown, fresh, changes) => {
    expect(changesOfOrder(rows(shown), rows(fresh))).toBe(changes)
  })
})
