import { describe, expect, it } from 'vitest'
import { loadOver, packed, placed, weeksOf } from './layout'

const stretch = { from: Date.parse('2026-03-02T00:00:00Z'), to: Date.parse('2026-03-12T00:00:00Z') }

describe('placed', () => {
  it('is where the days are', () => {
    expect(placed({ start: '2026-03-03', end: '2026-03-05' }, stretch)).toEqual({
      left: 10,
      width: 20,
      isEarlier: false,
      isLater: false,
    })
  })

  it('is cut at both ends, and says so', () => {
    expect(placed({ start: '2026-02-01', end: '2026-05-01' }, stretch)).toEqual({
      left: 0,
      width: 100,
      isEarlier: true,
      isLater: true,
    })
  })

  it('has no width outside of what is shown', () => {
    expect(placed({ start: '2026-04-01', end: '2026-04-02' }, stretch)).toMatchObject({
      left: 100,
      width: 0,
    })
    expect(placed({ start: '2026-02-01', end: '2026-02-02' }, stretch)).toMatchObject({
      left: 0,
      width: 0,
    })
  })
})

describe('packed', () => {
  const bar = (left: number, width: number) => ({ left, width, isEarlier: false, isLater: false })

  it('puts what follows into the same row', () => {
    expect(packed([bar(0, 20), bar(20, 20), bar(60, 10)], 5)).toEqual([0, 0, 0])
  })

  it('leaves room for the words of short bars', () => {
    expect(packed([bar(0, 2), bar(2, 2), bar(4, 2), bar(15, 2)], 15)).toEqual([0, 1, 2, 0])
  })

  it('does not depend on the order in which they are given', () => {
    expect(packed([bar(50, 10), bar(0, 60)], 1)).toEqual([1, 0])
  })
})

describe('weeksOf', () => {
  it('counts a part of a week', () => {
    expect(weeksOf(stretch).map((time) => new Date(time).toISOString().slice(0, 10))).toEqual([
      '2026-03-02',
      '2026-03-09',
    ])
  })
})

describe('loadOver', () => {
  it('says how much fits', () => {
    expect(loadOver({ openHours: 120, weeklyHours: 40 }, 4)).toEqual({
      part: 0.75,
      words: '120 h of 160 h',
      over: null,
    })
  })

  it('says in words what is too much', () => {
    expect(loadOver({ openHours: 1700, weeklyHours: 40 }, 4)).toMatchObject({
      part: 1,
      over: 'Over capacity by 1,540 h',
    })
    expect(loadOver({ openHours: 8, weeklyHours: 0 }, 4)).toMatchObject({
      part: 1,
      over: 'Over capacity by 8 h',
    })
    expect(loadOver({ openHours: 0, weeklyHours: 0 }, 4)).toMatchObject({ part: 0, over: null })
  })
})
