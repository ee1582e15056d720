import { useState } from 'react'
import type { StudyType } from '../../api/types'
import { useStudyTypes } from '../../study/queries'
import { labelFromName, namedFields } from '../fieldFilters'
import { type AnyColumn, type FieldName, isFieldName, type ListSearch } from '../listSearch'
import classes from './ListMenu.module.css'

interface Props {
  search: ListSearch
  chosen: readonly AnyColumn[]
  box: (name: FieldName, label: string) => React.ReactNode
}

interface Named {
  name: FieldName
  label: string
}

/** From so many fields on one looks for them by name. */
const MANY = 12

/** The fields of the types of study that are filtered, or of all: those of several types under the name of each. */
export function FieldBoxes({ search, chosen, box }: Props) {
  const types = useStudyTypes()
  const [typed, setTyped] = useState('')
  // What was chosen when this opened stays here, so that a box does not go away under the pointer.
  const [before] = useState(() => chosen.filter(isFieldName))
  if (!types) return null
  const meant = types.filter(
    ({ id, fields }) => fields.length > 0 && (search.studyType?.includes(id) ?? true),
  )
  const offered = fieldsOf(meant)
  const others = before
    .filter((name) => !offered.some((one) => one.name === name))
    .map((name) => ({ name, label: fieldsOf(types).find((one) => one.name === name)?.label }))
  if (offered.length + others.length === 0) return null
  const wanted = typed.trim().toLowerCase()
  const found = offered.filter(({ label }) => label.toLowerCase().includes(wanted))
  const boxes = (fields: Named[]) => fields.map(({ name, label }) => box(name, label))
  return (
    <fieldset className={classes.columns}>
      <legend>Simulation data</legend>
      {others.map(({ name, label }) => box(name, label ?? labelFromName(name.slice(6))))}
      {offered.length > MANY && (
        <input
          type="text"
          className={classes.find}
          aria-label="Find a field"
          placeholder="Find a field"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {wanted && found.length === 0 && <p className={classes.note}>Nothing has this name.</p>}
      {wanted || meant.length === 1
        ? boxes(found)
        : meant.map((type) => (
            <Group key={type.id} type={type} chosen={chosen}>
              {boxes(fieldsOf([type]))}
            </Group>
          ))}
    </fieldset>
  )
}

interface GroupProps {
  type: StudyType
  chosen: readonly AnyColumn[]
  children: React.ReactNode
}

function Group({ type, chosen, children }: GroupProps) {
  const count = fieldsOf([type]).filter(({ name }) => chosen.includes(name)).length
  return (
    <details className={classes.type}>
      <summary>
        {type.name}
        {count > 0 && <span className={classes.count}>{count} shown</span>}
      </summary>
      {children}
    </details>
  )
}

/** In the order of their forms, each name once. */
function fieldsOf(types: readonly StudyType[]): Named[] {
  return [...namedFields(types).values()].map(({ name, label }) => ({
    name: `field:${name}`,
    label,
  }))
}
