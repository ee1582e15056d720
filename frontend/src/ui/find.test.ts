import { expect, it } from 'vitest'
import { withRecent } from '../commands/recent'
import { fitOf, fitting } from './find'

const labels = ['New request', 'Requests', 'Approve revision', 'Décider']
const found = (typed: string) => fitting(typed, labels, (label) => [label])

it('takes every word to be found, however it is written', () => {
  expect(found('REV app')).toEqual(['Approve revision'])
  expect(found('decid')).toEqual(['Décider'])
  expect(found('rev xyz')).toEqual([])
})

it('puts what begins with it first, and keeps the order else', () => {
  expect(found('req')).toEqual(['Requests', 'New request'])
  expect(found('')).toEqual(labels)
  expect(found('…')).toEqual(labels)
})

it('finds by other words too, but later', () => {
  expect(fitOf('dark', 'Colours', 'dark light')).toBe(1)
  expect(fitOf('col', 'Colours', 'dark light')).toBeGreaterThan(1)
})

it('keeps what was opened last, each once', () => {
  const many = Array.from({ length: 8 }, (_, n) => ({ key: `SF-${n}`, title: 'a' }))
  const next = withRecent(many, { key: 'SF-3', title: 'b' })
  expect(next[0]).toEqual({ key: 'SF-3', title: 'b' })
  expect(next.map(({ key }) => key)).toEqual([
    'SF-3',
    'SF-0',
    'SF-1',
    'SF-2',
    'SF-4',
    'SF-5',
    'SF-6',
    'SF-7',
  ])
  expect(withRecent(many, { key: 'SF-9', title: '' })).toHaveLength(8)
})
