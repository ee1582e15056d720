import { describe, expect, it } from 'vitest'
import { toNumber } from '../ui/number'
import { changesOf, mergeEdits } from './merge'

describe('changesOf', () => {
  it('sends only what was edited', () => {
    const before = { title: 'A', description: 'B', vendor: 'ABB', priority: 'Low' } as const
    expect(changesOf(before, { ...before, priority: 'High' })).toEqual({ priority: 'High' })
    expect(changesOf(before, before)).toEqual({})
  })
})

describe('toNumber', () => {
  it('leaves to the server what is not a number', () => {
    expect(toNumber(' 16 ')).toBe(16)
    expect(toNumber('1.5')).toBe(1.5)
    expect(toNumber('a lot')).toBe('a lot')
    expect(toNumber('')).toBe('')
  })
})

describe('mergeEdits', () => {
  const base = { title: 'A', description: 'B', vendor: 'ABB', priority: 'Low' } as const

  it('keeps mine and takes theirs where they do not touch', () => {
    const merged = mergeEdits(base, { ...base, title: 'Mine' }, { ...base, vendor: 'KUKA' })
    expect(merged.values).toEqual({ ...base, title: 'Mine', vendor: 'KUKA' })
    expect(merged.taken).toEqual(['vendor'])
    expect(merged.conflicts).toEqual([])
  })

  it('leaves a field that both changed to a person, with mine in it', () => {
    const merged = mergeEdits(base, { ...base, title: 'Mine' }, { ...base, title: 'Theirs' })
    expect(merged.values.title).toBe('Mine')
    expect(merged.conflicts).toEqual(['title'])
    expect(merged.taken).toEqual([])
  })

  it('sees no conflict where both wrote the same', () => {
    const same = { ...base, priority: 'High' } as const
    expect(mergeEdits(base, same, same)).toEqual({ values: same, taken: [], conflicts: [] })
  })
})
