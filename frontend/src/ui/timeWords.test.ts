import { afterEach, describe, expect, it, vi } from 'vitest'
import { ageWords, dayWords, exactTime, paperTime, relativeTime, tightTime } from './timeWords'

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
    ['2026-09-30T12:00:00Z', '30 Sept'],
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

it('is shorter by half a year where room is tight', () => {
  expect(dayWords('2027-09-30', now, true)).toBe('30 Sept ’27')
  expect(dayWords('2100-01-01', now, true)).toBe('1 Jan ’00')
  expect(tightTime('2025-12-24T12:00:00Z', now)).toBe('24 Dec ’25')
  expect(tightTime('2026-03-05T12:00:00Z', now)).toBe('5 Mar')
  expect(tightTime('2026-03-12T09:00:00Z', now)).toBe('3 h ago')
})

describe('exactTime', () => {
  afterEach(() => vi.unstubAllEnvs())

  it.each([
    ['UTC', 'Thursday 12 March 2026 at 09:05:07 UTC'],
    ['Europe/Berlin', 'Thursday 12 March 2026 at 10:05:07 UTC+1'],
    ['America/St_Johns', 'Thursday 12 March 2026 at 06:35:07 UTC-2:30'],
    ['Pacific/Auckland', 'Thursday 12 March 2026 at 22:05:07 UTC+13'],
  ])('names the zone: %s', (zone, words) => {
    vi.stubEnv('TZ', zone)
    expect(exactTime('2026-03-12T09:05:07Z')).toBe(words)
  })

  it('survives nonsense', () => {
    expect(exactTime('soon')).toBe('soon')
  })
})

describe('paperTime', () => {
  it('is the day and the time', () => {
    const iso = new Date(2026, 8, 3, 7, 4).toISOString()
    expect(paperTime(iso)).toBe('3 Sept 2026, 07:04')
    expect(paperTime('soon')).toBe('soon')
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
