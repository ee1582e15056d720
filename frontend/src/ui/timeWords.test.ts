import { describe, expect, it } from 'vitest'
import { ageWords, dayWords, exactTime, relativeTime } from './timeWords'

const now = Date.parse('2026-03-12T12:00:00Z')

describe('relativeTime', () => {
  it.each([
    ['2026-03-12T11:59:30Z', 'just now'],
    ['2026-03-12T12:00:20Z', 'just now'],
    ['2026-03-12T11:58:00Z', '2 min ago'],
    ['2026-03-12T09:00:00Z', '3 h ago'],
    ['2026-03-11T11:00:00Z', '1 day ago'],
    ['2026-03-06T12:00:00Z', '6 days ago'],
    ['2026-03-05T12:00:00Z', '5 Mar'],
    ['2025-12-24T12:00:00Z', '24 Dec 2025'],
    ['2026-05-01T12:00:00Z', '1 May'],
    ['no date', 'no date'],
  ])('%s is %s', (iso, words) => {
    expect(relativeTime(iso, now)).toBe(words)
  })
})

describe('dayWords', () => {
  it('names the year where it is another', () => {
    expect(dayWords('2026-12-01', now)).toBe('1 Dec')
    expect(dayWords('2027-01-01', now)).toBe('1 Jan 2027')
  })
})

describe('exactTime', () => {
  it('names the zone and survives nonsense', () => {
    expect(exactTime('2026-03-12T12:00:00Z')).toMatch(/12 March 2026.*\d\d:\d\d:\d\d .+/)
    expect(exactTime('soon')).toBe('soon')
  })
})

describe('ageWords', () => {
  it.each([
    ['2026-03-12T12:00:20Z', '0 min'],
    ['2026-03-12T11:01:00Z', '59 min'],
    ['2026-03-11T12:00:01Z', '23 h'],
    ['2026-03-11T12:00:00Z', '1 d'],
    ['2026-02-20T12:00:00Z', '20 d'],
    ['2026-02-19T12:00:00Z', '3 wk'],
    ['no date', 'no date'],
  ])('%s is %s', (iso, words) => {
    expect(ageWords(iso, now)).toBe(words)
  })
})
