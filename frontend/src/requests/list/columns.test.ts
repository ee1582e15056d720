import { expect, it } from 'vitest'
import { columnNames } from '../listSearch'
import { fitting, usualColumns } from './columns'

it('shows all usual columns on a usual screen, and fewer as it narrows', () => {
  expect(fitting(usualColumns, 1224)).toEqual(usualColumns)
  expect(fitting(usualColumns, 760)).toEqual(['status', 'priority', 'updatedAt'])
  expect(fitting(usualColumns, 300)).toEqual([])
})

it('has a place in the order of importance for each column', () => {
  expect(fitting(columnNames, 10_000)).toEqual([...columnNames])
})

it('shows fields that were asked for before what is usual', () => {
  expect(fitting([...usualColumns, 'field:payload', 'field:reach'], 840)).toEqual([
    'status',
    'field:payload',
    'field:reach',
  ])
})
