import { expect, it } from 'vitest'
import { ageWords } from './ageWords'

const now = Date.parse('2026-03-12T12:00:00Z')

it.each([
  ['2026-03-12T12:00:20Z', '0 min'],
  ['2026-03-12T11:18:00Z', '42 min'],
  ['2026-03-12T09:00:00Z', '3 h'],
  ['2026-03-11T11:00:00Z', '1 day'],
  ['2026-02-20T12:00:00Z', '20 days'],
  ['2026-02-19T12:00:00Z', '3 weeks'],
  ['2025-03-12T12:00:00Z', '52 weeks'],
  ['no date', 'no date'],
])('%s is %s old', (iso, words) => {
  expect(ageWords(iso, now)).toBe(words)
})
