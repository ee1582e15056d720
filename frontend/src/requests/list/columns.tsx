import type { ReactNode } from 'react'
import type { FieldValue, Request, StudyField } from '../../api/types'
import { numberWords } from '../../study/fieldWords'
import { Person } from '../../ui/Person'
import { Time } from '../../ui/Time'
import { tightTime } from '../../ui/timeWords'
import { DueDate } from '../DueDate'
import { labelFromName } from '../fieldFilters'
import {
  type AnyColumn,
  type ColumnName,
  columnNames,
  type FieldName,
  isFieldName,
  type SortField,
} from '../listSearch'
import { PriorityMark, StatusMark } from '../Marks'

export interface Column {
  label: string
  width: number
  sort?: SortField
  isNumber?: boolean
  isSoft?: boolean
  cell: (request: Request) => ReactNode
}

/** What the API tells about a request beyond its first version. */
interface Told {
  startedAt?: string | null
  completedAt?: string | null
  revisions?: number
  waitsFor?: string | null
}

const told = (request: Request) => request as Request & Told
const time = (at: string | null | undefined) => at && <Time at={at} words={tightTime} />
const plain = (text: string) => <span title={text}>{text}</span>

const waits: Record<string, string> = {
  manager: 'A manager',
  engineer: 'Its engineer',
  requester: 'Its requester',
}

export const columns: Record<ColumnName, Column> = {
  status: {
    label: 'Status',
    width: 166,
    sort: 'status',
    cell: ({ status }) => <StatusMark status={status} />,
  },
  waitsFor: {
    label: 'Waits for',
    width: 116,
    cell: (request) => waits[told(request).waitsFor ?? ''],
  },
  priority: {
    label: 'Priority',
    width: 76,
    sort: 'priority',
    cell: ({ priority }) => <PriorityMark priority={priority} wordless />,
  },
  vendor: { label: 'Vendor', width: 82, cell: ({ vendor }) => plain(vendor) },
  createdBy: {
    label: 'Requester',
    width: 110,
    cell: ({ createdByName }) => plain(createdByName),
  },
  assignedTo: {
    label: 'Engineer',
    width: 138,
    cell: ({ assignedTo, assignedToName }) =>
      assignedTo && assignedToName && <Person id={assignedTo} name={assignedToName} />,
  },
  estimatedHours: {
    label: 'Hours',
    width: 68,
    sort: 'estimatedHours',
    isNumber: true,
    cell: ({ estimatedHours }) => estimatedHours?.toLocaleString('en'),
  },
  dueDate: {
    label: 'Due',
    width: 112,
    sort: 'dueDate',
    cell: (request) => <DueDate {...request} isShort />,
  },
  revisions: {
    label: 'Revisions',
    width: 84,
    isNumber: true,
    cell: (request) => told(request).revisions || '',
  },
  statusSince: {
    label: 'In status since',
    width: 140,
    sort: 'statusSince',
    isSoft: true,
    cell: ({ statusSince, clockStopped }) => (
      <>
        {clockStopped && 'stopped '}
        {time(statusSince)}
      </>
    ),
  },
  startedAt: {
    label: 'Started',
    width: 98,
    isSoft: true,
    cell: (request) => time(told(request).startedAt),
  },
  completedAt: {
    label: 'Completed',
    width: 98,
    sort: 'completedAt',
    isSoft: true,
    cell: (request) => time(told(request).completedAt),
  },
  createdAt: {
    label: 'Created',
    width: 98,
    sort: 'createdAt',
    isSoft: true,
    cell: ({ createdAt }) => time(createdAt),
  },
  updatedAt: {
    label: 'Updated',
    width: 94,
    sort: 'updatedAt',
    isSoft: true,
    cell: ({ updatedAt }) => time(updatedAt),
  },
}

export const usualColumns: ColumnName[] = [
  'status',
  'priority',
  'vendor',
  'createdBy',
  'assignedTo',
  'estimatedHours',
  'dueDate',
  'updatedAt',
]

/** Which columns stay where there is no room for all: the first ones longest. */
const importance: ColumnName[] = [
  'status',
  'priority',
  'updatedAt',
  'dueDate',
  'assignedTo',
  'waitsFor',
  'statusSince',
  'createdBy',
  'estimatedHours',
  'vendor',
  'completedAt',
  'createdAt',
  'startedAt',
  'revisions',
]

const FIELD = 116
const FIXED = 46 + 98 + 14
const TITLE = 220

/** A column for a field of the simulation data, whose label and kind the types of study tell. */
export function fieldColumn(name: FieldName, field: StudyField | undefined): Column {
  const plainName = name.slice('field:'.length)
  return {
    label: field?.label ?? labelFromName(plainName),
    width: FIELD,
    sort: name,
    isNumber: field?.kind === 'number',
    cell: (request) => {
      const words = fieldWords(request, plainName, field?.kind)
      return words && plain(words)
    },
  }
}

let day: Intl.DateTimeFormat | undefined

/** What a request has in a field, in words: a number with its unit, a day, a name. */
export function fieldWords(
  request: Request,
  name: string,
  kind: StudyField['kind'] | undefined,
): string | undefined {
  const { values } = request as Request & { values?: Record<string, FieldValue> }
  const found = values?.[name]
  if (found === undefined) return undefined
  const { value, unit } = found
  if (typeof value === 'number') return numberWords(value, unit)
  if (kind !== 'date') return value
  day ??= new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
  return day.format(new Date(`${value}T12:00`))
}

/** Those of the chosen columns that leave the title its room, in the order in which they stand. */
export function fitting(chosen: readonly AnyColumn[], width: number): AnyColumn[] {
  let room = width - FIXED - TITLE
  // Whoever asked for a field wants to see it.
  const fields = chosen.filter((name): name is FieldName => {
    if (!isFieldName(name)) return false
    room -= FIELD
    return room >= 0
  })
  const kept = importance.filter((name) => {
    if (!chosen.includes(name)) return false
    room -= columns[name].width
    return room >= 0
  })
  return [...columnNames.filter((name) => kept.includes(name)), ...fields]
}
