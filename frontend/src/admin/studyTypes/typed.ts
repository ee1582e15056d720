import type { components } from '../../api/schema'
import type { StudyField, StudyType } from '../../api/types'
import { sentTarget, type TypedTarget, toNumberOrNull } from '../../study/TargetFields'

type Change = components['schemas']['StudyTypeChange']

/** A field as it stands in the inputs. `key` stays the same wherever it is moved to. */
export interface TypedField
  extends Pick<StudyField, 'name' | 'label' | 'kind' | 'required' | 'help'> {
  key: string
  /** Empty for all vendors. */
  vendor: string
  unit: string
  minimum: string
  maximum: string
  /** One in each line. */
  choices: string
}

export interface TypedCriterion extends TypedTarget {
  key: string
  name: string
  required: boolean
}

export interface TypedType {
  id: string
  name: string
  description: string
  active: boolean
  position: string
  fields: TypedField[]
  criteria: TypedCriterion[]
}

const newKey = () => crypto.getRandomValues(new Uint32Array(2)).join('-')
const text = (value: string | number | null) => (value === null ? '' : String(value))

export function newField(): TypedField {
  const empty = { vendor: '', unit: '', minimum: '', maximum: '', choices: '', help: '' }
  return { key: newKey(), name: '', label: '', kind: 'text', required: 'never', ...empty }
}

export function newCriterion(): TypedCriterion {
  const empty = { name: '', target: '', upper: '', unit: '' }
  return { key: newKey(), comparison: '<=', required: true, ...empty }
}

export function newType(position: number): TypedType {
  const empty = { id: '', name: '', description: '', fields: [], criteria: [] }
  return { active: true, position: String(position), ...empty }
}

export function typedOf(type: StudyType): TypedType {
  return {
    id: type.id,
    name: type.name,
    description: type.description,
    active: type.active,
    position: String(type.position),
    fields: type.fields.map((field) => ({
      ...field,
      key: newKey(),
      vendor: text(field.vendor),
      unit: text(field.unit),
      minimum: text(field.minimum),
      maximum: text(field.maximum),
      choices: field.choices.join('\n'),
    })),
    criteria: type.criteria.map((criterion) => ({
      ...criterion,
      key: newKey(),
      target: text(criterion.target),
      upper: text(criterion.upper),
      unit: text(criterion.unit),
    })),
  }
}

/** For the server: what does not belong to the field's kind is left out. */
export function fieldOf(typed: TypedField): StudyField {
  const isNumber = typed.kind === 'number'
  const isChoice = typed.kind === 'choice'
  const lines = typed.choices.split('\n').map((line) => line.trim())
  return {
    name: typed.name.trim(),
    label: typed.label.trim(),
    kind: typed.kind,
    required: typed.required,
    vendor: typed.vendor.trim() || null,
    unit: (isNumber && typed.unit.trim()) || null,
    minimum: isNumber ? toNumberOrNull(typed.minimum) : null,
    maximum: isNumber ? toNumberOrNull(typed.maximum) : null,
    choices: isChoice ? lines.filter(Boolean) : [],
    help: typed.help.trim(),
  }
}

/** What is no number goes to the server, which says so. */
export function sentOf(typed: TypedType): Change {
  return {
    name: typed.name.trim(),
    description: typed.description.trim(),
    active: typed.active,
    position: toNumberOrNull(typed.position) ?? 0,
    fields: typed.fields.map(fieldOf),
    criteria: typed.criteria.map((one) => ({
      name: one.name.trim(),
      required: one.required,
      ...sentTarget(one),
    })),
  }
}

/** A name made of what people read, `-` between the words of a type, `_` between those of a field. */
export function nameFrom(label: string, between: '-' | '_'): string {
  const words =
    label
      .normalize('NFKD')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  return words
    .join(between)
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
}
