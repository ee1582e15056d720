import { describe, expect, it } from 'vitest'
import {
  itemsBetween,
  lengthOf,
  pagesBetween,
  reachable,
  type Section,
  withCursor,
} from './sections'

const section = (id: string, count: number, more: Partial<Section> = {}): Section => ({
  id,
  count,
  filters: {},
  label: id,
  isOpen: true,
  ...more,
})
const grouped = [section('a', 2), section('b', 3, { isOpen: false }), section('c', 250)]
const plain = [section('all', 1000, { label: null })]

const told = (from: number, to: number) =>
  itemsBetween(grouped, from, to).map((item) =>
    item.kind === 'head' ? item.section.id : `${item.section.id}${item.place}`,
  )

describe('a list unfolded', () => {
  it('has a heading for each group, and the rows of those that are open', () => {
    expect(lengthOf(grouped)).toBe(3 + 1 + 1 + 250)
    expect(told(0, 7)).toEqual(['a', 'a0', 'a1', 'b', 'c', 'c0', 'c1'])
    expect(told(2, 5)).toEqual(['a1', 'b', 'c'])
    expect(told(254, 400)).toEqual(['c249'])
    expect(told(255, 400)).toEqual([])
  })

  it('is only rows without groups', () => {
    expect(lengthOf(plain)).toBe(1000)
    expect(itemsBetween(plain, 999, 1001)).toMatchObject([{ kind: 'row', place: 999, index: 999 }])
  })
})

describe('pages', () => {
  it('are those that the places in view need, of each group its own', () => {
    expect(pagesBetween(plain, 90, 210, 100).map(({ page }) => page)).toEqual([0, 1, 2])
    expect(pagesBetween(grouped, -5, 130, 100)).toEqual([
      { id: 'a', page: 0 },
      { id: 'c', page: 0 },
      { id: 'c', page: 1 },
    ])
  })

  it('are reached one after the other', () => {
    const wanted = [
      { id: 'all', page: 7 },
      { id: 'all', page: 8 },
    ]
    expect(reachable(wanted, {})).toEqual([{ id: 'all', page: 0 }])
    expect(reachable(wanted, { all: ['x', 'y'] })).toEqual([{ id: 'all', page: 2 }])
    expect(reachable(wanted, { all: ['x', null] })).toEqual([{ id: 'all', page: 1 }])
    const known = { all: Array(8).fill('x') }
    expect(reachable(wanted, known)).toEqual(wanted)
  })
})

describe('withCursor', () => {
  const known = { all: ['x', 'y', 'z'] }

  it('takes over another border and keeps those after it', () => {
    expect(withCursor(known, { id: 'all', page: 1 }, 'new')).toEqual({ all: ['x', 'new', 'z'] })
    expect(withCursor({}, { id: 'all', page: 0 }, 'x')).toEqual({ all: ['x'] })
  })

  it('ends where a page says that it is the last', () => {
    expect(withCursor(known, { id: 'all', page: 1 }, null)).toEqual({ all: ['x', null] })
  })

  it('is the same where nothing is new', () => {
    expect(withCursor(known, { id: 'all', page: 1 }, 'y')).toBe(known)
    expect(withCursor(known, { id: 'all', page: 5 }, 'far')).toBe(known)
  })
})
