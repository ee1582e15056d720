import { IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { Request } from '../../api/types'
import { Avatar } from '../../ui/Person'
import { Time } from '../../ui/Time'
import { useChangeMark } from '../../ui/useChangeMark'
import { DueDate } from '../DueDate'
import type { FieldName } from '../listSearch'
import { PriorityMark, StatusMark } from '../Marks'
import { fromHere } from '../trail'
import classes from './RequestRows.module.css'
import type { Section } from './sections'
import { type Shown, useShown } from './useColumns'
import type { Rows } from './useRows'

interface Props {
  rows: Rows
  /** Fields of the simulation data whose values are told. */
  fields: readonly FieldName[]
  isSelecting: boolean
  onFold: (section: Section) => void
}

/** The list on a phone: two lines a request, and a third where fields are chosen. */
export function RequestRows({ rows, fields: names, isSelecting, onFold }: Props) {
  const fields = useShown(names)
  const { items, before, after, length } = rows
  return (
    <ul
      className={classes.rows}
      aria-label="Requests"
      data-selecting={isSelecting || rows.selection.size > 0 || undefined}
      style={{ paddingTop: before, paddingBottom: after }}
    >
      {items.map(({ item, request }) => {
        if (item.kind === 'head')
          return (
            <li
              key={item.section.id}
              className={classes.group}
              aria-setsize={length}
              aria-posinset={item.index + 1}
            >
              <button
                type="button"
                className={classes.fold}
                aria-expanded={item.section.isOpen}
                onClick={() => onFold(item.section)}
              >
                <IconChevronRight size={14} aria-hidden />
                {item.section.label}{' '}
                <span className={classes.count}>{item.section.count.toLocaleString('en')}</span>
              </button>
            </li>
          )
        if (!request) return <Ghost key={`ghost ${item.index}`} />
        return (
          <Row
            key={`${item.section.id} ${request.id}`}
            isNew={rows.isNew(request.id)}
            isSelected={rows.selection.has(request.id)}
            index={item.index}
            {...{ request, length, fields }}
          />
        )
      })}
    </ul>
  )
}

interface RowProps {
  request: Request
  fields: Shown[]
  index: number
  length: number
  isNew: boolean
  isSelected: boolean
}

const Row = memo(function Row(props: RowProps) {
  const { request, fields, index, length, isNew, isSelected } = props
  const mark = useChangeMark(request.version)
  return (
    <li
      className={classes.row}
      aria-setsize={length}
      aria-posinset={index + 1}
      data-index={index}
      data-selected={isSelected || undefined}
      data-changed={mark ?? (isNew ? 'even' : undefined)}
    >
      <input type="checkbox" aria-label={`Select ${request.key}`} checked={isSelected} readOnly />
      <Link
        to="/requests/$requestId"
        params={{ requestId: request.key }}
        state={fromHere}
        className={classes.title}
        dir="auto"
      >
        {request.title}
      </Link>
      <div className={classes.line}>
        <PriorityMark priority={request.priority} wordless />
        <span className={classes.key}>{request.key}</span>
        <StatusMark status={request.status} />
        <span className={classes.end}>
          {request.assignedTo && request.assignedToName && (
            <span role="img" aria-label={request.assignedToName}>
              <Avatar id={request.assignedTo} name={request.assignedToName} size={16} />
            </span>
          )}
          <span className={classes.when}>
            {request.dueDate ? 'due ' : 'changed '}
            {request.dueDate ? <DueDate {...request} isShort /> : <Time at={request.updatedAt} />}
          </span>
        </span>
      </div>
      {fields.length > 0 && (
        <div className={classes.values}>
          {fields.map((field) => (
            <Field key={field.name} {...{ field, request }} />
          ))}
        </div>
      )}
    </li>
  )
})

/** As `Payload 120 kg`; nothing where nothing stands there. */
function Field({ field, request }: { field: Shown; request: Request }) {
  const value = field.cell(request)
  if (!value) return null
  return (
    <span>
      {field.label} <b>{value}</b>
    </span>
  )
}

function Ghost() {
  return (
    <li className={classes.row} aria-hidden>
      <span className={classes.bar} style={{ width: '75%' }} />
      <span className={classes.bar} style={{ width: '45%' }} />
    </li>
  )
}

const ghosts = Array.from({ length: 10 }, (_, row) => `ghost-${row}`)

export function RowsSkeleton() {
  return (
    <ul className={classes.rows} aria-hidden>
      {ghosts.map((id) => (
        <Ghost key={id} />
      ))}
    </ul>
  )
}
