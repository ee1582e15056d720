import { Button } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { StudyField } from '../api/types'
import { useStudyTypes } from '../study/queries'
import { ChoiceList } from '../ui/ChoiceList'
import { useFirstFocus } from '../ui/useFirstFocus'
import classes from './FilterEditor.module.css'
import { namedFields, type Span, spanOf, spanText, valuesOf, withValues } from './fieldFilters'
import type { FieldFilterName } from './filterWords'
import type { ListSearch } from './listSearch'
import { usePeople } from './usePeople'

interface PickProps {
  search: ListSearch
  onPick: (name: FieldFilterName) => void
}

/** Of which type of study, and which of its fields; the type is known already where the list has only one. */
export function PickField({ search, onPick }: PickProps) {
  const types = useStudyTypes()?.filter(({ fields }) => fields.length > 0)
  const only = search.studyType?.length === 1 ? search.studyType[0] : undefined
  const [picked, setPicked] = useState(only)
  if (!types) return <p className={classes.title}>Loading …</p>
  if (types.length === 0) return <p className={classes.title}>No type of study has fields yet.</p>
  const type = types.find(({ id }) => id === picked)
  if (!type) {
    const items = types.map(({ id, name }) => ({ value: id, label: name }))
    return <Items key="types" title="Fields of which study?" items={items} onPick={setPicked} />
  }
  const fields = [...namedFields([type]).values()]
  const items = fields.map(({ name, label }) => ({ value: name, label }))
  return (
    <Items
      key="fields"
      title={type.name}
      items={items}
      onPick={(name) => onPick(`field:${name}`)}
    />
  )
}

interface ItemsProps {
  title: string
  items: { value: string; label: string }[]
  onPick: (value: string) => void
}

function Items({ title, items, onPick }: ItemsProps) {
  const place = useFirstFocus<HTMLUListElement>()
  return (
    <>
      <p className={classes.title}>{title}</p>
      <ul ref={place}>
        {items.map(({ value, label }) => (
          <li key={value}>
            <button type="button" className={classes.item} onClick={() => onPick(value)}>
              {label}
              <IconChevronRight size={14} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

interface EditorProps {
  name: FieldFilterName
  search: ListSearch
  onChange: (change: Partial<ListSearch>) => void
}

/** What the value of a field may be, asked for as its kind is typed. */
export function FieldEditor({ name, search, onChange }: EditorProps) {
  const field = name.slice('field:'.length)
  const types = useStudyTypes()
  const values = valuesOf(search.field, field)
  const set = (next: string[]) => onChange({ field: withValues(search.field, field, next) })
  if (!types) return <p className={classes.title}>Loading …</p>
  const known = namedFields(types).get(field)
  const props = { values, onChange: set }
  switch (known?.kind) {
    case 'number':
      return <NumberSpan key={values[0]} {...props} unit={known.unit ?? ''} />
    case 'date':
      return <DaySpan {...props} />
    case 'person':
      return <PersonChoice {...props} />
    default:
      return <TextChoice {...props} choices={known?.choices ?? []} kind={known?.kind} />
  }
}

interface ValuesProps {
  values: string[]
  onChange: (values: string[]) => void
}

const nothing: Span = { low: '', high: '', unit: '' }

/** The one span there is; a value without dots is both of its ends. */
function spanIn([value]: string[], unit: string): Span {
  if (value === undefined) return { ...nothing, unit }
  const [, number, its = ''] = /^([+-]?[\d.]+)\s*(\S*)$/.exec(value) ?? []
  return spanOf(value) ?? (number ? { low: number, high: number, unit: its } : { ...nothing, unit })
}

/** As the API reads a number: without an exponent. */
function plain(input: FormDataEntryValue | null): string {
  if (input === null || input === '') return ''
  return Number(input).toLocaleString('en', { useGrouping: false, maximumFractionDigits: 12 })
}

function NumberSpan({ values, onChange, unit }: ValuesProps & { unit: string }) {
  const place = useFirstFocus<HTMLFormElement>()
  const span = spanIn(values, unit)
  const shownUnit = span.unit && ` (${span.unit})`
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const text = spanText({
      low: plain(typed.get('low')),
      high: plain(typed.get('high')),
      unit: span.unit,
    })
    onChange(text ? [text] : [])
  }
  return (
    <form ref={place} className={classes.range} onSubmit={apply}>
      <label>
        At least{shownUnit}
        <input type="number" step="any" name="low" defaultValue={span.low} />
      </label>
      <label>
        At most{shownUnit}
        <input type="number" step="any" name="high" defaultValue={span.high} />
      </label>
      <Button type="submit" size="xs" variant="default">
        Apply
      </Button>
    </form>
  )
}

/** Days, both counted in. */
function DaySpan({ values, onChange }: ValuesProps) {
  const place = useFirstFocus<HTMLDivElement>()
  const [value = ''] = values
  const { low, high } = spanOf(value) ?? { low: value, high: value }
  const set = (ends: Partial<Span>) => {
    const text = spanText({ ...nothing, low, high, ...ends })
    onChange(text ? [text] : [])
  }
  return (
    <div ref={place} className={classes.range}>
      <label>
        From
        <input
          type="date"
          value={low}
          max={high || undefined}
          onChange={(event) => set({ low: event.currentTarget.value })}
        />
      </label>
      <label>
        To
        <input
          type="date"
          value={high}
          min={low || undefined}
          onChange={(event) => set({ high: event.currentTarget.value })}
        />
      </label>
    </div>
  )
}

/** A person stands in the data by name. */
function PersonChoice({ values, onChange }: ValuesProps) {
  const people = usePeople()
  const names = [...new Set((people ?? []).map(({ name }) => name))]
  return (
    <ChoiceList
      choices={names.map((name) => ({ value: name, label: name }))}
      chosen={values}
      onChange={onChange}
      isLoading={!people}
      allowsOther
    />
  )
}

interface TextProps extends ValuesProps {
  choices: string[]
  kind: StudyField['kind'] | undefined
}

function TextChoice({ values, onChange, choices, kind }: TextProps) {
  return (
    <ChoiceList
      choices={choices.map((value) => ({ value, label: value }))}
      chosen={values}
      onChange={onChange}
      allowsOther={kind !== 'choice'}
      whenEmpty="Type what it is, whole; case does not matter."
    />
  )
}
