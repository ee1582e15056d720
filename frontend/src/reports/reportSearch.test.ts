import { describe, expect, it } from 'vitest'
import { parseReportSearch, spanIn, toStatisticsQuery } from './reportSearch'

function set(search: object) {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}

describe('the address of the reports', () => {
  it('keeps the filters, the span and which charts are tables', () => {
    const raw = { vendor: 'ABB', span: '26', table: ['estimates', 'throughput', 'nonsense'] }
    expect(set(parseReportSearch(raw))).toEqual({
      vendor: ['ABB'],
      span: '26',
      table: ['throughput', 'estimates'],
    })
  })

  it('leaves out what nobody could have meant', () => {
    const raw = { span: '13', from: '2026-02-30', to: '2026-03-01', table: 'pie' }
    expect(set(parseReportSearch(raw))).toEqual({})
    expect(set(parseReportSearch({ from: '2026-03-02', to: '2026-03-01' }))).toEqual({})
  })

  it('does not name the span that is meant anyway', () => {
    expect(set(parseReportSearch({ span: '12' }))).toEqual({})
  })

  it('takes days of one’s own rather than a named span', () => {
    const search = parseReportSearch({ span: '4', from: '2026-01-01', to: '2026-02-01' })
    expect(set(search)).toEqual({ from: '2026-01-01', to: '2026-02-01' })
    expect(spanIn(search)).toEqual({ from: '2026-01-01', to: '2026-02-01' })
  })
})

it('asks with the filters, the days and the zone in which they are days', () => {
  const search = parseReportSearch({ vendor: 'ABB', from: '2026-01-01', to: '2026-02-01' })
  expect(toStatisticsQuery({ ...search, table: ['estimates'] })).toEqual({
    vendor: ['ABB'],
    from: '2026-01-01',
    to: '2026-02-01',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  })
})
