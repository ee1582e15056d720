import { describe, expect, it } from 'vitest'
import { dayOf, daysAgo, momentOf } from './days'
import { activeFilters, chipWords, cleared, type FilterName } from './filterWords'
import type { Filters } from './listSearch'

const now = new Date(2026, 10, 24, 18)
const day = (year: number, month: number, date: number, hour = 0) =>
  new Date(year, month - 1, date, hour).toISOString()
const names: Record<string, string> = { 'id-1': 'Charlie Engineer' }

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
    expect(activeFilters({ ...filters, ...cleared('completed') })).toEqual(['firstTimeRight'])
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
