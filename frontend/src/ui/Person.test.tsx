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

  it('keeps its colour', () => {
    expect(hueOf('a1b2')).toBe(hueOf('a1b2'))
    expect(hueOf('')).toBe(0)
  })

  it('is read by name, not by initials', () => {
    render(<Person id="1" name="Alice User" />)
    expect(screen.getByText('AU').getAttribute('aria-hidden')).toBe('true')
    expect(screen.getByText('Alice User')).toBeTruthy()
  })
})
