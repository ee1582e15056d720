import type { Activity } from '../api/types'
import { pastOf } from './actionLabels'
import { type Relation, relationVerbs } from './linkWords'

interface Change {
  from?: unknown
  to?: unknown
}

interface Details {
  from?: string
  to?: string
  reason?: string
  changes?: Record<string, Change>
  engineer?: Change
  estimatedHours?: Change
  suggestedHours?: number
  added?: string
  removed?: string
  criterion?: string
  value?: number | null
  unit?: string | null
  passed?: boolean
  relation?: Relation
  key?: string
}

export interface Sentence {
  /** What was done, to be read after the person's name. */
  did: string
  /** The status it came to, where it changed. */
  to: string | null
  facts: string[]
  reason: string | null
}

const fieldNames: Record<string, string> = {
  title: 'title',
  description: 'description',
  vendor: 'vendor',
  priority: 'priority',
  dueDate: 'due date',
  studyType: 'type of study',
}

/** Fields of a form are known by their names alone here: the log keeps no labels. */
function nameOf(field: string): string {
  return fieldNames[field] ?? field.replace(/^data\./, '').replaceAll('_', ' ')
}

/** Longer texts are not repeated in a line of the log. */
const SHORT = 60

function short(value: unknown): string | null {
  const text = value === null || value === undefined ? '' : [value].flat().join(', ')
  return text.length > 0 && text.length <= SHORT && !text.includes('\n') ? text : null
}

function changeOf(name: string, { from, to }: Change): string {
  const before = short(from)
  const after = short(to)
  const isTaken = to === null || (Array.isArray(to) && to.length === 0)
  if (isTaken) return before === null ? `no ${name}` : `no ${name} (was ${before})`
  if (after === null) return `${name} changed`
  return before === null ? `${name}: ${after}` : `${name}: ${before} → ${after}`
}

function engineerFact({ from, to }: Change): string | null {
  if (to && from && from !== to) return `from ${from} to ${to}`
  if (to) return `to ${to}`
  return from ? `from ${from}` : null
}

function hoursFact({ from, to }: Change): string | null {
  if (typeof to !== 'number') return null
  return typeof from === 'number' && from !== to ? `${from}\u00a0h → ${to}\u00a0h` : `${to}\u00a0h`
}

/** What was changed about a criterion, or measured. */
function criterionFact({ added, removed, criterion, passed, value, unit }: Details) {
  if (added) return `${added} added`
  if (removed) return `${removed} removed`
  if (passed === undefined) return criterion
  const verdict = passed ? 'passed' : 'failed'
  const measured = typeof value === 'number' ? [value, unit].filter(Boolean).join('\u00a0') : null
  return `${criterion}: ${measured ? `${measured}, ` : ''}${verdict}`
}

function linkOf(action: string, { relation, key }: Details): string | null {
  const verb = relation && relationVerbs[relation]
  if (!verb || !key) return null
  return `noted that it ${action === 'unlinked' ? 'no longer ' : ''}${verb} ${key}`
}

/** Builds a line of the timeline from what the log recorded, and only from that. */
export function sentenceOf({ action, details }: Pick<Activity, 'action' | 'details'>): Sentence {
  const known = details as Details
  const changes = Object.entries(known.changes ?? {})
  const facts = [
    criterionFact(known),
    known.engineer && engineerFact(known.engineer),
    known.estimatedHours && hoursFact(known.estimatedHours),
    typeof known.suggestedHours === 'number' ? `suggests ${known.suggestedHours}\u00a0h` : null,
    ...changes.map(([field, change]) => changeOf(nameOf(field), change)),
  ]
  const moved = action !== 'created' && typeof known.to === 'string' && known.to !== known.from
  return {
    did: linkOf(action, known) ?? pastOf(action),
    to: moved ? (known.to ?? null) : null,
    facts: facts.filter((fact): fact is string => Boolean(fact)),
    reason: known.reason ?? null,
  }
}
