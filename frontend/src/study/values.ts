import type { RequestForm, StudyField } from '../api/types'

/** What stands in the inputs of a form, by the names of its fields: a person is an id. */
export type Typed = Record<string, string>

/** What is one vendor, however it is spelt: as the server sees it. */
export function vendorKey(vendor: string): string {
  return vendor.trim().replace(/\s+/g, ' ').toLowerCase()
}

/** The fields that a request for this vendor has; one for the vendor alone stands in for one for all. */
export function fieldsFor(fields: readonly StudyField[], vendor: string): StudyField[] {
  const key = vendorKey(vendor)
  const isOwn = (field: StudyField) => field.vendor !== null && vendorKey(field.vendor) === key
  const own = new Set(fields.filter(isOwn).map(({ name }) => name))
  return fields.filter((field) => isOwn(field) || (!field.vendor && !own.has(field.name)))
}

/** How the server names a field in its errors. */
export function errorName(field: Pick<StudyField, 'name'>): string {
  return `data.${field.name}`
}

/** A value as one would type it: its unit only where that is not the field's own. */
export function typedOf({ fields, values }: RequestForm): Typed {
  const typed = fields.map(({ name, unit }) => {
    const held = values[name]
    if (!held) return [name, '']
    return [name, `${held.value}${held.unit && held.unit !== unit ? ` ${held.unit}` : ''}`]
  })
  return Object.fromEntries(typed)
}

const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([^\s\d.,]\S*)?$/i

/** `120` is meant in the field's unit, `0.12 t` in another. What is no number goes to the server, which says so. */
function numberOf(text: string): unknown {
  const found = NUMBER.exec(text)
  if (!found) return text
  const value = Number(found[1])
  return found[2] ? { value, unit: found[2] } : value
}

/** A value and its unit, where one was typed; what is no number is sent for the server to say so. */
export function quantityOf(typed: string): { value: number | null; unit?: string } {
  const text = typed.trim()
  if (text === '') return { value: null }
  const number = numberOf(text)
  return typeof number === 'object'
    ? (number as { value: number; unit: string })
    : { value: number as number }
}

function sentOf(field: StudyField, typed = ''): unknown {
  const text = typed.trim()
  if (text === '') return null
  return field.kind === 'number' ? numberOf(text) : text
}

/** For the server; null where nothing stands in a field. `before`: only what has become another. */
export function dataOf(
  fields: readonly StudyField[],
  typed: Typed,
  before?: Typed,
): Record<string, unknown> {
  return Object.fromEntries(
    fields
      .filter(({ name }) => before === undefined || (typed[name] ?? '') !== (before[name] ?? ''))
      .map((field) => [field.name, sentOf(field, typed[field.name])]),
  )
}

/**
 * What was typed and what others have saved meanwhile: mine where I typed, theirs elsewhere. `names` are those that both
 * changed to something else.
 */
export function clashes(before: Typed, mine: Typed, theirs: Typed) {
  const names = Object.keys({ ...mine, ...theirs })
  const at = (typed: Typed, name: string) => typed[name] ?? ''
  const isMine = (name: string) => at(mine, name) !== at(before, name)
  return {
    typed: Object.fromEntries(names.map((name) => [name, at(isMine(name) ? mine : theirs, name)])),
    names: names.filter(
      (name) =>
        isMine(name) &&
        at(theirs, name) !== at(before, name) &&
        at(theirs, name) !== at(mine, name),
    ),
  }
}
