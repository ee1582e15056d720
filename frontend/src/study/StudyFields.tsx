import { NativeSelect, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { StudyField } from '../api/types'
import { usePeople } from '../requests/usePeople'
import { boundsWords } from './fieldWords'
import classes from './StudyFields.module.css'
import { errorName, type Typed } from './values'

interface Props {
  /** Those of the request's vendor: see `fieldsFor`. */
  fields: readonly StudyField[]
  values: Typed
  onChange: (name: string, value: string) => void
  /** By the names that the server gives them, `data.payload`. */
  errors: Record<string, ReactNode>
}

/** The inputs of a form that an admin has defined. What they may hold says the server. */
export function StudyFields({ fields, values, onChange, errors }: Props) {
  return (
    <div className={classes.fields}>
      {fields.map((field) => (
        <StudyInput
          key={field.name}
          field={field}
          value={values[field.name] ?? ''}
          onChange={(value) => onChange(field.name, value)}
          error={errors[errorName(field)]}
        />
      ))}
    </div>
  )
}

const order: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'error',
  'description',
]

interface InputProps {
  field: StudyField
  value: string
  onChange: (value: string) => void
  error: ReactNode
}

function StudyInput({ field, value, onChange, error }: InputProps) {
  const props = {
    label: field.label,
    description: <Notes field={field} />,
    // Below the input, so that inputs stand in line with their neighbours.
    inputWrapperOrder: order,
    required: field.required === 'submission',
    value,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      onChange(currentTarget.value),
    error,
  }
  switch (field.kind) {
    case 'choice':
      return <NativeSelect {...props} data={[nothingChosen, ...field.choices]} />
    case 'person':
      return <PersonInput {...props} />
    case 'date':
      return <TextInput {...props} type="date" />
    case 'number':
      return (
        <TextInput
          {...props}
          autoComplete="off"
          inputMode={field.unit ? undefined : 'decimal'}
          rightSection={field.unit && <span className={classes.unit}>{field.unit}</span>}
          rightSectionWidth={`${(field.unit ?? '').length + 3}ch`}
          rightSectionPointerEvents="none"
        />
      )
    case 'file':
      return <TextInput {...props} autoComplete="off" placeholder="https:// or a path" dir="auto" />
    default:
      return <TextInput {...props} autoComplete="off" dir="auto" />
  }
}

const nothingChosen = { value: '', label: '–' }

function PersonInput(props: React.ComponentProps<typeof NativeSelect>) {
  const people = usePeople() ?? []
  const options = people.map(({ id, name }) => ({ value: id, label: name }))
  return <NativeSelect {...props} data={[nothingChosen, ...options]} />
}

/** What helps to fill it in, and when it is needed. */
function Notes({ field }: { field: StudyField }) {
  const bounds = boundsWords(field)
  return (
    <>
      {[field.help, bounds && `${bounds}.`].filter(Boolean).join(' ')}{' '}
      {field.required === 'completion' && (
        <span className={classes.later}>Needed before completion.</span>
      )}
    </>
  )
}
