import { describe, expect, it } from 'vitest'
import { pastOf, verbOf } from './actionLabels'
import { sentenceOf } from './sentences'

describe('sentenceOf', () => {
  it('tells a move with its reason', () => {
    const details = { from: 'In Progress', to: 'On Hold', reason: 'No robot model yet.' }
    expect(sentenceOf({ action: 'hold', details })).toEqual({
      did: 'put it on hold',
      to: 'On Hold',
      facts: [],
      reason: 'No robot model yet.',
    })
  })

  it('tells an assignment with the engineer and the hours', () => {
    const details = {
      from: 'Resource Allocation',
      to: 'Engineering Review',
      engineer: { from: null, to: 'Charlie Engineer' },
      estimatedHours: { from: null, to: 16 },
    }
    expect(sentenceOf({ action: 'assign', details }).facts).toEqual([
      'to Charlie Engineer',
      '16\u00a0h',
    ])
  })

  it('tells what was measured, and what became of the criteria', () => {
    const factsOf = (action: string, details: object) =>
      sentenceOf({ action, details: { ...details } }).facts
    const measured = { criterion: 'Cycle time', value: 49.5, unit: 's', passed: true, round: 1 }
    expect(factsOf('measured', measured)).toEqual(['Cycle time: 49.5\u00a0s, passed'])
    const judged = { criterion: 'Report', value: null, unit: null, passed: false, round: 1 }
    expect(factsOf('measured', judged)).toEqual(['Report: failed'])
    const changes = { target: { from: 48, to: 50 } }
    expect(factsOf('criteria_changed', { added: 'Report' })).toEqual(['Report added'])
    expect(factsOf('criteria_changed', { criterion: 'Cycle time', changes })).toEqual([
      'Cycle time',
      'target: 48 → 50',
    ])
    const filled = { 'data.cycle_time': { from: null, to: '48 s' } }
    expect(factsOf('edited', { changes: filled })).toEqual(['cycle time: 48 s'])
  })

  it('tells who had it before', () => {
    const details = {
      engineer: { from: 'Yuki', to: 'Charlie' },
      estimatedHours: { from: 8, to: 16 },
    }
    expect(sentenceOf({ action: 'assign', details }).facts).toEqual([
      'from Yuki to Charlie',
      '8\u00a0h → 16\u00a0h',
    ])
    const taken = { engineer: { from: 'Yuki', to: null } }
    expect(sentenceOf({ action: 'unassign', details: taken }).facts).toEqual(['from Yuki'])
  })

  it('tells tags, due dates and links in words', () => {
    const changes = {
      dueDate: { from: '2026-12-01', to: null },
      tags: { from: [], to: ['line 3', 'weld'] },
    }
    expect(sentenceOf({ action: 'edited', details: { changes } }).facts).toEqual([
      'no due date (was 2026-12-01)',
      'tags: line 3, weld',
    ])
    const link = { relation: 'blockedBy', key: 'SF-3' }
    expect(sentenceOf({ action: 'linked', details: link }).did).toBe(
      'noted that it is blocked by SF-3',
    )
    expect(sentenceOf({ action: 'unlinked', details: link }).did).toMatch(/no longer is blocked/)
  })

  it('shows short changes and only names long ones', () => {
    const changes = {
      vendor: { from: 'ABB', to: 'KUKA' },
      description: { from: 'a\nb', to: 'x'.repeat(500) },
    }
    expect(sentenceOf({ action: 'edited', details: { changes } }).facts).toEqual([
      'vendor: ABB → KUKA',
      'description changed',
    ])
  })

  it('shows no move where the status stayed or only began', () => {
    expect(sentenceOf({ action: 'created', details: { to: 'Submitted' } }).to).toBeNull()
    const details = { from: 'Discussion', to: 'Discussion' }
    expect(sentenceOf({ action: 'assign', details }).to).toBeNull()
  })

  it('suggests hours', () => {
    expect(sentenceOf({ action: 'discuss', details: { suggestedHours: 40 } }).facts).toEqual([
      'suggests 40\u00a0h',
    ])
  })
})

describe('labels', () => {
  it('has a verb for actions it was not built with', () => {
    expect(verbOf('send_to_moon')).toBe('Send to moon')
    expect(pastOf('send_to_moon')).toBe('send to moon')
    expect(verbOf('cancel')).toBe('Cancel request')
  })
})
