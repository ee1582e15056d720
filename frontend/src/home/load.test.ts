import { describe, expect, it } from 'vitest'
import { barOf, inOrder, longestOf, weeksWords } from './load'

describe('weeksWords', () => {
  it.each([
    [0, 40, 'free'],
    [0, 0, 'free'],
    [12, 0, 'no hours a week'],
    [1, 40, 'under 0.1 weeks'],
    [40, 40, '1 week'],
    [39, 40, '1 week'],
    [100, 40, '2.5 weeks'],
  ])('%i h open at %i h a week: %s', (openHours, weeklyHours, words) => {
    expect(weeksWords({ openHours, weeklyHours })).toBe(words)
  })
})

describe('barOf', () => {
  it('splits what is beyond the week from what fits into it', () => {
    expect(barOf({ openHours: 60, weeklyHours: 40 }, 80)).toEqual({
      within: 50,
      beyond: 25,
      week: 50,
    })
    expect(barOf({ openHours: 20, weeklyHours: 40 }, 80)).toEqual({
      within: 25,
      beyond: 0,
      week: 50,
    })
  })

  it('draws nothing where nobody works and nothing is open', () => {
    expect(longestOf([])).toBe(0)
    expect(barOf({ openHours: 0, weeklyHours: 0 }, 0)).toEqual({ within: 0, beyond: 0, week: 0 })
  })

  it('measures all by the longest, so that the bars can be compared', () => {
    const load = [
      { openHours: 20, weeklyHours: 40 },
      { openHours: 120, weeklyHours: 20 },
    ]
    expect(longestOf(load)).toBe(120)
  })
})

describe('the order of engineers', () => {
  const names = (load: { engineerId: string }[]) =>
    load.map(({ engineerId }) => engineerId).join(' ')
  const load = [
    { engineerId: 'free', openHours: 0, weeklyHours: 0 },
    { engineerId: 'half', openHours: 40, weeklyHours: 20 },
    { engineerId: 'full', openHours: 60, weeklyHours: 40 },
    { engineerId: 'away', openHours: 1, weeklyHours: 0 },
  ]

  it('stays while hours change, and puts new ones last', () => {
    const order = ['half', 'free']
    expect(names(inOrder(load, order))).toBe('half free full away')
  })
})
