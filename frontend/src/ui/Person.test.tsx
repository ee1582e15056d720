// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { hueOf, initialsOf, Person } from './Person'

afterEach(cleanup)

describe('Person', () => {
  it('takes the first and the last initial', () => {
    expect(initialsOf('Alice User')).toBe('AU')
    expect(initialsOf('Ana María de la Cruz')).toBe('AC')
    expect(initialsOf('Cher')).toBe('C')
    expect(initialsOf('🤖 Robot')).toBe('🤖R')
    expect(initialsOf('  ')).toBe('?')
  })

  it('spreads people over all colours', () => {
    const counts = new Map<number, number>()
    for (let i = 0; i < 800; i++) {
      const hue = hueOf(crypto.randomUUID())
      counts.set(hue, (counts.get(hue) ?? 0) + 1)
    }
    expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(Math.max(...counts.values())).toBeLessThan(200)
  })

  it('is read by name, not by initials', () => {
    render(<Person id="1" name="Alice User" />)
    expect(screen.getByText('AU').getAttribute('aria-hidden')).toBe('true')
    expect(screen.getByText('Alice User')).toBeTruthy()
  })
})
