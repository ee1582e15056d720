import { describe, expect, it } from 'vitest'
import { toNumber } from '../ui/number'
import { changesOf } from './merge'

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
