import { describe, expect, it } from 'vitest'
import { dayOf, daysAgo, momentOf } from './days'
import { spanOf, spanText, withValues } from './fieldFilters'
import { activeFilters, chipWords, cleared, type FilterName } from './filterWords'
import type { Filters } from './listSearch'

const now = new Date(2026, 10, 24, 18)
const day = (year: number, month: number, date: number, hour = 0) =>
  new Date(year, month - 1, date, hour).toISOString()
const names: Record<string, string> = {
  'id-1': 'Charlie Engineer',
  reach: 'Reach study',
  'field:payload': 'Payload',
}

function said(name: FilterName, filters: Filters): string {
  const { lead, value } = chipWords(name, filters, (id) => names[id], now)
  return `${lead} ${value}`
}

describe('chipWords', () => {
  it.each<[FilterName, Filters, string]>([
    ['status', { status: ['On Hold', 'Submitted'] }, 'Status is Submitted or On Hold'],
    ['priority', { priority: ['High'] }, 'Priority is High'],
    ['vendor', { vendor: ['a', 'b', 'c', 'd'] }, 'Vendor is any of 4'],
    ['assignedTo', { assignedTo: ['me', 'id-1'] }, 'Assigned to me or Charlie Engineer'],
    ['assignedTo', { assignedTo: ['none'] }, 'Assigned to nobody'],
    ['createdBy', { createdBy: ['a', 'b', 'c', 'd'] }, 'Requested by any of 4 people'],
    ['createdBy', { createdBy: ['not loaded yet'] }, 'Requested by …'],
    ['waitsFor', { waitsFor: ['me'] }, 'Waits for me'],
    ['waitsFor', { waitsFor: ['manager', 'engineer'] }, 'Waits for a manager or its engineer'],
    [
      'completed',
      { completedFrom: day(2026, 11, 9), completedTo: day(2026, 11, 16) },
      'Completed 9–15 Nov',
    ],
    [
      'completed',
      { completedFrom: day(2026, 11, 9), completedTo: day(2026, 11, 10) },
      'Completed 9 Nov',
    ],
    [
      'created',
      { createdFrom: day(2025, 12, 29), createdTo: day(2026, 1, 5) },
      'Created 29 Dec 2025–4 Jan 2026',
    ],
    ['created', { createdFrom: day(2026, 11, 9) }, 'Created since 9 Nov'],
    ['created', { createdTo: day(2026, 11, 9, 14) }, 'Created before 9 Nov, 14:00'],
    ['created', { createdFrom: day(2026, 11, 9), createdTo: day(2026, 11, 9) }, 'Created never'],
    ['statusBefore', { statusBefore: day(2026, 11, 17, 18) }, 'In its status since before 17 Nov'],
    [
      'thenStatus',
      { statusThen: ['On Hold', 'In Progress'], asOf: day(2026, 11, 12) },
      'Was In Progress or On Hold on 12 Nov',
    ],
    ['due', { dueFrom: '2026-12-01', dueTo: '2026-12-08' }, 'Due 1–7 Dec'],
    ['due', { dueTo: '2026-12-08' }, 'Due before 8 Dec'],
    ['overdue', { overdue: true }, 'Is overdue'],
    ['watching', { watching: true }, 'Watched by me'],
    ['tag', { tag: ['weld', 'line 3'] }, 'Tag is weld or line 3'],
    ['firstTimeRight', { firstTimeRight: false }, 'Accepted after a revision'],
    ['studyType', { studyType: ['reach'] }, 'Type of study is Reach study'],
    ['field:payload', { field: ['payload:100..2000 kg'] }, 'Payload is 100 to 2,000\u00a0kg'],
    ['field:payload', { field: ['payload:100.. kg'] }, 'Payload is at least 100\u00a0kg'],
    ['field:payload', { field: ['payload:..0.2 t'] }, 'Payload is at most 0.2\u00a0t'],
    ['field:payload', { field: ['payload:12..12 kg'] }, 'Payload is 12\u00a0kg'],
    ['field:axes', { field: ['axes:6..7', 'axes:4'] }, 'Axes is 6 to 7 or 4'],
    ['field:robot_model', { field: ['robot_model:KR 210'] }, 'Robot model is KR 210'],
    [
      'field:station',
      { field: ['station:40R', 'payload:1..', 'station:50'] },
      'Station is 40R or 50',
    ],
    ['field:file', { field: ['file:see ../x'] }, 'File is see ../x'],
    ['field:freeze', { field: ['freeze:2026-12-01..2026-12-07'] }, 'Freeze is 1–7 Dec'],
    ['field:freeze', { field: ['freeze:2026-12-01..'] }, 'Freeze is 1 Dec or later'],
    ['field:freeze', { field: ['freeze:..2027-01-07'] }, 'Freeze is 7 Jan 2027 or earlier'],
  ])('%s', (name, filters, sentence) => {
    expect(said(name, filters)).toBe(sentence)
  })
})

describe('activeFilters', () => {
  it('takes two ends of a span as one, and takes both away', () => {
    const filters: Filters = {
      completedFrom: day(2026, 1, 1),
      completedTo: day(2026, 2, 1),
      firstTimeRight: false,
    }
    expect(activeFilters(filters)).toEqual(['completed', 'firstTimeRight'])
    expect(activeFilters({ ...filters, ...cleared('completed', filters) })).toEqual([
      'firstTimeRight',
    ])
  })
})

describe('filters for fields', () => {
  const filters: Filters = { field: ['payload:1.. kg', 'station:40R', 'station:50'] }

  it('are one for each field, and go one by one', () => {
    expect(activeFilters(filters)).toEqual(['field:payload', 'field:station'])
    expect(cleared('field:station', filters)).toEqual({ field: ['payload:1.. kg'] })
  })

  it('keep their place when their values change', () => {
    expect(withValues(filters.field, 'payload', ['2..3 kg'])).toEqual([
      'payload:2..3 kg',
      'station:40R',
      'station:50',
    ])
    expect(withValues(filters.field, 'axes', ['6'])?.at(-1)).toBe('axes:6')
  })

  it('take the ends of a span in either order, and one end alone', () => {
    expect(spanText({ low: '20', high: '3', unit: 'kg' })).toBe('3..20 kg')
    expect(spanText({ low: '', high: '2026-01-31', unit: '' })).toBe('..2026-01-31')
    expect(spanText({ low: '', high: '', unit: 'kg' })).toBeUndefined()
    expect(spanOf('-1.5..2 m/s')).toEqual({ low: '-1.5', high: '2', unit: 'm/s' })
    expect(spanOf('..')).toBeUndefined()
  })
})

describe('days', () => {
  it('leads from a day to its moments and back, the last day counted in', () => {
    expect(dayOf(momentOf('2026-03-29'))).toBe('2026-03-29')
    expect(dayOf(momentOf('2026-03-29', 1), -1)).toBe('2026-03-29')
    expect(dayOf(day(2026, 3, 29, 15), -1)).toBe('2026-03-29')
    expect(momentOf('')).toBeUndefined()
    expect(dayOf(undefined)).toBe('')
  })

  it('counts back in days, not in hours', () => {
    expect(daysAgo(7, now)).toBe(day(2026, 11, 17))
  })
})
