import { describe, expect, it } from 'vitest'
import { dateOf, moved, spanOf, spanWords } from './spans'

describe('spanOf', () => {
  it.each([
    ['a Tuesday', new Date(2026, 10, 24, 15), '2026-10-26', '2026-11-30'],
    ['a Monday', new Date(2026, 10, 23, 0), '2026-10-26', '2026-11-30'],
    ['a Sunday', new Date(2026, 10, 29, 23, 59), '2026-10-26', '2026-11-30'],
    ['the days around New Year', new Date(2027, 0, 1), '2026-11-30', '2027-01-04'],
  ])('is full weeks and this one: %s', (_, today, from, to) => {
    expect(spanOf('4', today)).toEqual({ from, to })
  })

  it('is a year from its first day', () => {
    expect(spanOf('year', new Date(2026, 10, 24))).toEqual({ from: '2026-01-01', to: '2026-11-30' })
  })
})

describe('days', () => {
  it('move over the ends of months and over changes of the clock', () => {
    expect(moved('2026-02-28', 1)).toBe('2026-03-01')
    expect(moved('2026-03-30', -7)).toBe('2026-03-23')
  })

  it('that do not exist are none', () => {
    expect(dateOf('2026-02-30')).toBeUndefined()
    expect(dateOf('soon')).toBeUndefined()
  })

  it('are told from the first to the last', () => {
    expect(spanWords({ from: '2026-08-31', to: '2026-11-30' })).toMatch(
      /^31 Aug.*–.*29 Nov.* 2026$/,
    )
  })
})
