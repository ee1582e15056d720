import { describe, expect, it } from 'vitest'
import { rowsBetween } from './useInView'

const view = { height: 100, overscan: 0, length: 1_000_000, rowHeight: 20 }

describe('rowsBetween', () => {
  it('has each row of which something is seen', () => {
    expect(rowsBetween({ ...view, above: 0 })).toEqual({ from: 0, to: 5 })
    expect(rowsBetween({ ...view, above: 1 })).toEqual({ from: 0, to: 6 })
    expect(rowsBetween({ ...view, above: 19_999_900 })).toEqual({ from: 999_995, to: 1_000_000 })
  })

  it('begins where the list does, however far below the top of the page', () => {
    expect(rowsBetween({ ...view, above: -50 })).toEqual({ from: 0, to: 3 })
    expect(rowsBetween({ ...view, above: -500 })).toEqual({ from: 0, to: 0 })
  })

  it('draws more on both sides, as far as there are rows', () => {
    expect(rowsBetween({ ...view, above: 200, overscan: 10 })).toEqual({ from: 0, to: 25 })
    expect(rowsBetween({ ...view, above: 400, overscan: 10 })).toEqual({ from: 10, to: 35 })
  })

  it('shows the end of a list that became shorter', () => {
    expect(rowsBetween({ ...view, above: 9_000, length: 7 })).toEqual({ from: 2, to: 7 })
    expect(rowsBetween({ ...view, above: 9_000, length: 2 })).toEqual({ from: 0, to: 2 })
    expect(rowsBetween({ ...view, above: 9_000, length: 0 })).toEqual({ from: 0, to: 0 })
  })
})
