import type { ReactNode } from 'react'
import type { RequestForm, Status } from '../api/types'
import { Person } from '../ui/Person'
import classes from './Study.module.css'

type Value = RequestForm['values'][string]

interface Props {
  form: RequestForm
  status: Status
}

const over: readonly Status[] = ['Completed', 'Accepted', 'Denied', 'Cancelled']

/** Every field of the form with its value; one that left the form keeps its value. */
export function DataTable({ form, status }: Props) {
  const { fields, values, missing } = form
  const waits = over.includes(status) ? [] : fields.filter(({ name }) => missing.includes(name))
  const known = new Set(fields.map(({ name }) => name))
  const others = Object.entries(values).filter(([name]) => !known.has(name))
  if (fields.length + others.length === 0) {
    return <p className={classes.empty}>This type of study asks for no data.</p>
  }
  return (
    <>
      {waits.length > 0 && (
        <p className={classes.waits}>
          Completion waits for: {waits.map(({ label }) => label).join(', ')}.
        </p>
      )}
      <dl className={classes.data}>
        {fields.map(({ name, label }) => (
          <Row
            key={name}
            label={label}
            value={values[name]}
            isMissing={waits.some((one) => one.name === name) || undefined}
          />
        ))}
        {others.map(([name, value]) => (
          <Row key={name} label={value.label} value={value} />
        ))}
      </dl>
    </>
  )
}

interface RowProps {
  label: string
  value: Value | undefined
  isMissing?: boolean
}

function Row({ label, value, isMissing }: RowProps) {
  return (
    <div className={classes.row}>
      <dt>{label}</dt>
      <dd>
        {value && <ValueText value={value} />}
        {!value && (
          <span className={classes.nothing} data-missing={isMissing}>
            {isMissing ? 'not filled in yet' : '–'}
          </span>
        )}
      </dd>
    </div>
  )
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

function ValueText({ value }: { value: Value }): ReactNode {
  const { kind, text } = value
  if (kind === 'person') return <Person id={String(value.value)} name={text} />
  if (kind === 'date') return <time dateTime={text}>{day.format(new Date(`${text}T12:00`))}</time>
  if (kind === 'file' && /^https?:\/\//i.test(text)) {
    return (
      <a href={text} target="_blank" rel="noreferrer noopener">
        {text}
      </a>
    )
  }
  if (kind === 'file') return <code className={classes.path}>{text}</code>
  return <bdi>{text}</bdi>
}
