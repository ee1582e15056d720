import { expect, test } from 'vitest'
import type { Measurement } from '../api/types'
import { resultsOf, targetWords } from './criteriaWords'

function result(id: string, round: number, isCurrent = false): Measurement {
  return {
    id,
    round,
    isCurrent,
    value: 1,
    unit: 's',
    passed: true,
    evidence: null,
    measuredBy: 'c',
    measuredByName: 'Charlie',
    measuredAt: '2026-01-01T00:00:00Z',
  }
}

test('a target is told as short as in a drawing', () => {
  const plain = { upper: null, unit: 's' }
  expect(targetWords({ ...plain, comparison: '<=', target: 48 })).toBe('≤\u00a048\u00a0s')
  expect(targetWords({ ...plain, comparison: 'between', target: 70, upper: 95, unit: '%' })).toBe(
    '70 – 95\u00a0%',
  )
  expect(targetWords({ ...plain, comparison: 'judged', target: null, unit: null })).toBe(
    'judged by hand',
  )
})

test('the last result of the round before stands beside that of now, the rest is history', () => {
  const measurements = [
    result('a', 1),
    result('b', 1),
    result('c', 2),
    result('d', 3),
    result('e', 3, true),
  ]
  const { now, before, earlier } = resultsOf({ measurements }, 3)
  expect([now?.id, before?.id, earlier.map(({ id }) => id)]).toEqual(['e', 'c', ['d', 'b', 'a']])
})

test('a result for a target that was changed since is none for now', () => {
  const { now, before, earlier } = resultsOf({ measurements: [result('a', 1)] }, 1)
  expect([now, before, earlier.length]).toEqual([null, null, 1])
})
