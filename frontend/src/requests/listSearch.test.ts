import { describe, expect, it } from 'vitest'
import { parseSearch, stringifySearch } from '../app/searchParams'
import {
  changed,
  isFiltered,
  type ListSearch,
  parseListSearch,
  toCountQuery,
  toggledSort,
  toListQuery,
  withoutFilters,
} from './listSearch'

const full: ListSearch = {
  q: 'hem',
  status: ['Submitted', 'On Hold'],
  priority: ['High'],
  vendor: ['FANUC', 'Universal Robots'],
  assignedTo: ['me', 'none'],
  createdBy: ['me'],
  waitsFor: ['me', 'manager'],
  createdFrom: '2026-01-01T00:00:00Z',
  createdTo: '2026-02-01T00:00:00Z',
  completedFrom: '2026-03-01T00:00:00Z',
  completedTo: '2026-04-01T00:00:00Z',
  statusBefore: '2026-05-01T00:00:00Z',
  statusThen: ['In Progress'],
  asOf: '2026-06-01T00:00:00Z',
  firstTimeRight: false,
  studyType: ['reach', 'cycle-time'],
  field: ['payload:100..200 kg', 'station:40R: left, “B”'],
  sort: '-updatedAt',
  group: 'vendor',
  columns: ['status', 'updatedAt', 'field:reach', 'field:payload'],
}

describe('parseListSearch', () => {
  it('survives the way through the address', () => {
    const address = stringifySearch({ ...full })
    expect(parseListSearch(parseSearch(address))).toEqual(full)
  })

  it('leaves out what nobody could have meant', () => {
    const raw = {
      status: ['Lost', 'Denied', 'Denied'],
      priority: 'Urgent',
      sort: 'id',
      q: ' ',
      waitsFor: 'godot',
      createdFrom: 'yesterday',
      firstTimeRight: 'maybe',
      group: 'title',
      columns: ['secret'],
      asOf: '2026-06-01T00:00:00Z',
      field: ['payload', 'payload:', 'Pay load:1', ':1'],
    }
    expect(parseListSearch(raw)).toEqual({ status: ['Denied'] })
  })
})

describe('queries', () => {
  it('asks for a page in the order of the newest first', () => {
    expect(toListQuery({})).toMatchObject({ sort: '-createdAt', limit: 100 })
  })

  it('asks for the fields that are shown, and orders by one', () => {
    const search = parseListSearch({
      sort: '-field:payload',
      columns: ['field:payload', 'key', 'status'],
    })
    expect(search.columns).toEqual(['status', 'field:payload'])
    expect(toListQuery(search)).toEqual({ sort: '-field:payload', limit: 100, fields: ['payload'] })
    expect(toggledSort(search, 'field:payload')).toBe('field:payload')
    expect(parseListSearch({ sort: 'field:Pay load', columns: 'field:' })).toEqual({})
  })

  it('counts over the same filters', () => {
    expect(toCountQuery(full)).not.toHaveProperty('sort')
    expect(toCountQuery(full)).toMatchObject({ q: 'hem', status: ['Submitted', 'On Hold'] })
  })
})

describe('changes', () => {
  it('leaves the rest as it is', () => {
    expect(changed(full, { q: 'door' })).toEqual({ ...full, q: 'door' })
    expect(changed(full, { vendor: [] }).vendor).toBeUndefined()
  })

  it('turns the order round at the second click', () => {
    expect(toggledSort({}, 'title')).toBe('title')
    expect(toggledSort({ sort: 'title' }, 'title')).toBe('-title')
    expect(toggledSort({}, 'priority')).toBe('-priority')
    expect(toggledSort({ sort: 'createdAt' }, 'createdAt')).toBeUndefined()
  })

  it('tells a narrowed list from a whole one', () => {
    expect(isFiltered({ sort: 'title' })).toBe(false)
    expect(isFiltered({ vendor: ['ABB'] })).toBe(true)
    expect(isFiltered({ firstTimeRight: false })).toBe(true)
    expect(isFiltered(withoutFilters(full))).toBe(false)
    expect(withoutFilters(full)).toMatchObject({ sort: '-updatedAt', group: 'vendor' })
  })
})
