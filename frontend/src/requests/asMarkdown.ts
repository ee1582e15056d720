import type { components } from '../api/schema'
import type { Comment, RequestDetail } from '../api/types'
import { numberWords } from '../study/fieldWords'
import { roleLabel } from '../users/roles'
import { relationVerbs } from './linkWords'

type Link = components['schemas']['Link']
type Value = components['schemas']['Value']
type Criterion = components['schemas']['Criterion']

export interface Told {
  request: RequestDetail
  comments: readonly Comment[]
  links: readonly Link[]
  values: readonly Value[]
  criteria: readonly Criterion[]
}

const lines = (...some: (string | null | false)[]) => some.filter(Boolean).join('\n')
const sections = (...some: (string | null)[]) => some.filter(Boolean).join('\n\n')
const minute = (iso: string) => `${iso.slice(0, 16).replace('T', ' ')} UTC`
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')

/** A request as a text that stands on its own: for a mail, a wiki or a report. */
export function asMarkdown({ request, comments, links, values, criteria }: Told): string {
  const said = comments.filter(({ withdrawnAt }) => !withdrawnAt)
  return `${sections(
    `# ${request.key}: ${request.title}`,
    properties(request, links),
    `## Description\n\n${request.description.trim()}`,
    values.length > 0 ? `## Simulation data\n\n${values.map(datum).join('\n')}` : null,
    criteria.length > 0 ? `## Acceptance criteria\n\n${table(criteria)}` : null,
    said.length > 0 ? `## Comments\n\n${said.map(entry).join('\n\n')}` : null,
  )}\n`
}

function properties(request: RequestDetail, links: readonly Link[]): string {
  const { assignedToName, estimatedHours, dueDate, tags } = request
  return lines(
    `- Status: ${request.status} since ${minute(request.statusSince)}${request.clockStopped ? ' (clock stopped)' : ''}`,
    `- Priority: ${request.priority}`,
    `- Vendor: ${request.vendor}`,
    `- Requester: ${request.createdByName}`,
    assignedToName && `- Engineer: ${assignedToName}`,
    estimatedHours !== null && `- Estimate: ${estimatedHours} h`,
    dueDate && `- Due: ${dueDate}${request.overdue ? ' (overdue)' : ''}`,
    tags.length > 0 && `- Tags: ${tags.join(', ')}`,
    ...links.map(
      ({ relation, request: { key, title } }) => `- It ${relationVerbs[relation]} ${key}: ${title}`,
    ),
    `- Created: ${minute(request.createdAt)}`,
  )
}

function datum({ label, text, value, unit }: Value): string {
  const told = typeof value === 'number' ? numberWords(value, unit).replace('\u00a0', ' ') : text
  return `- ${label}: ${told}`
}

const bound = (value: number | null, unit: string | null) =>
  value === null ? '' : numberWords(value, unit).replace('\u00a0', ' ')

function target({ comparison, target: low, upper, unit }: Criterion): string {
  if (comparison === 'judged') return 'judged'
  if (comparison === 'between') return `${bound(low, null)} to ${bound(upper, unit)}`
  return `${comparison} ${bound(low, unit)}`
}

function table(criteria: readonly Criterion[]): string {
  const rows = criteria.map((one) => {
    const now = one.measurements.find(({ isCurrent }) => isCurrent)
    const measured = now ? bound(now.value, now.unit) || (now.passed ? 'passed' : 'failed') : '–'
    return [one.required ? one.name : `${one.name} (optional)`, target(one), measured, one.verdict]
  })
  const all = [
    ['Criterion', 'Target', 'Measured', 'Verdict'],
    ['---', '---', '---', '---'],
    ...rows,
  ]
  return all.map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')
}

function entry({ authorName, authorRole, createdAt, internal, content }: Comment): string {
  const kind = internal ? ', internal' : ''
  return `### ${authorName} (${roleLabel(authorRole)}${kind}), ${minute(createdAt)}\n\n${content.trim()}`
}
