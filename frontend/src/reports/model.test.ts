import { expect, it } from 'vitest'
import { type ChartModel, isEmpty, type Unit } from './model'

function chart(unit: Unit, value: number | null): ChartModel {
  const points = [{ label: 'A', title: 'A', values: [{ value }] }]
  return { form: 'lines', unit, what: 'Week', series: [], points, answer: '' }
}

it.each<[Unit, number | null, boolean]>([
  ['count', 0, true],
  ['count', 1, false],
  ['percent', null, true],
  ['percent', 0, false],
  ['days', 0, false],
])('tells nothing from none: %s %s', (unit, value, expected) => {
  expect(isEmpty(chart(unit, value))).toBe(expected)
})
