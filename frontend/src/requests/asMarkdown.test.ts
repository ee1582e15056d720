import { describe, expect, it } from 'vitest'
import type { Comment, RequestDetail } from '../api/types'
import { asMarkdown, type Told } from './asMarkdown'

const request = {
  key: 'SF-7',
  title: 'Reach at station 40',
  description: 'Can it reach?\n\n| a | b |\n| - | - |\n',
  status: 'In Progress',
  statusSince: '2026-11-03T09:30:00Z',
  priority: 'High',
  vendor: 'FANUC',
  createdByName: 'Alice',
  assignedToName: 'Charlie',
  estimatedHours: 16,
  dueDate: '2026-11-20',
  overdue: true,
  tags: ['line 3', 'weld'],
  createdAt: '2026-11-01T08:00:00Z',
} as RequestDetail

const comment = (content: string, more: Partial<Comment> = {}) =>
  ({
    authorName: 'Bob',
    authorRole: 'MANAGER',
    createdAt: '2026-11-02T10:00:00Z',
    internal: false,
    withdrawnAt: null,
    content,
    ...more,
  }) as Comment

const criterion = (more: Partial<Told['criteria'][number]>) =>
  ({
    name: 'Cycle | time',
    comparison: '<=',
    target: 42,
    upper: null,
    unit: 's',
    required: true,
    verdict: 'met',
    measurements: [
      { isCurrent: false, value: 44, unit: 's', passed: false },
      { isCurrent: true, value: 41.2, unit: 's', passed: true },
    ],
    ...more,
  }) as Told['criteria'][number]

describe('asMarkdown', () => {
  it('tells all of a request, in order', () => {
    const text = asMarkdown({
      request,
      comments: [
        comment('First.'),
        comment('Hm.', { internal: true }),
        comment('', { withdrawnAt: '2026-11-02T11:00:00Z' }),
      ],
      links: [
        { relation: 'blockedBy', request: { key: 'SF-3', title: 'Layout' } },
      ] as unknown as Told['links'],
      values: [
        { kind: 'number', label: 'Payload', text: '12', unit: 'kg', value: 12 },
        { kind: 'text', label: 'Station', text: '40R', unit: null, value: '40R' },
      ],
      criteria: [
        criterion({}),
        criterion({
          name: 'Reach',
          comparison: 'judged',
          target: null,
          required: false,
          verdict: 'open',
          measurements: [],
        }),
      ],
    })
    expect(text).toBe(`# SF-7: Reach at station 40

- Status: In Progress since 2026-11-03 09:30 UTC
- Priority: High
- Vendor: FANUC
- Requester: Alice
- Engineer: Charlie
- Estimate: 16 h
- Due: 2026-11-20 (overdue)
- Tags: line 3, weld
- It is blocked by SF-3: Layout
- Created: 2026-11-01 08:00 UTC

## Description

Can it reach?

| a | b |
| - | - |

## Simulation data

- Payload: 12 kg
- Station: 40R

## Acceptance criteria

| Criterion | Target | Measured | Verdict |
| --- | --- | --- | --- |
| Cycle \\| time | <= 42 s | 41.2 s | met |
| Reach (optional) | judged | – | open |

## Comments

### Bob (Manager), 2026-11-02 10:00 UTC

First.

### Bob (Manager, internal), 2026-11-02 10:00 UTC

Hm.
`)
  })

  it('leaves out what is not there', () => {
    const bare = { ...request, assignedToName: null, estimatedHours: null, dueDate: null, tags: [] }
    const text = asMarkdown({ request: bare, comments: [], links: [], values: [], criteria: [] })
    expect(text).not.toMatch(/Engineer|Estimate|Due|Tags|##\s(?!Description)|null/)
  })

  it('says that the clock stands', () => {
    const stopped = { ...request, status: 'Information Needed', clockStopped: true } as const
    const text = asMarkdown({ request: stopped, comments: [], links: [], values: [], criteria: [] })
    expect(text).toContain(
      '- Status: Information Needed since 2026-11-03 09:30 UTC (clock stopped)\n',
    )
  })
})
