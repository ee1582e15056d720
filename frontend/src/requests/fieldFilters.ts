import type { StudyField, StudyType } from '../api/types'
import { numberWords } from '../study/fieldWords'

/** What a filter for a field of simulation data wants: a span with at least one end; or else a text. */
export interface Span {
  low: string
  high: string
  unit: string
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

function split(filter: string): [name: string, value: string] {
  const at = filter.indexOf(':')
  return [filter.slice(0, Math.max(at, 0)), filter.slice(at + 1).trim()]
}

/** Whether the API could read this: `payload:100..200 kg`, `station:40R`. */
export function isFieldFilter(filter: string): boolean {
  const [name, value] = split(filter)
  return /^[a-z][a-z0-9_]{0,39}$/.test(name) && value !== ''
}

/** The names of the fields that are filtered by, each once. */
export function fieldNames(filters: readonly string[] = []): string[] {
  return [...new Set(filters.map((filter) => split(filter)[0]))]
}

export function valuesOf(filters: readonly string[] = [], name: string): string[] {
  return filters.map(split).flatMap(([its, value]) => (its === name ? [value] : []))
}

/** The filters with these values for a field, which keeps its place among the others. */
export function withValues(
  filters: readonly string[] = [],
  name: string,
  values: readonly string[],
): string[] {
  const isIts = (filter: string) => split(filter)[0] === name
  const others = filters.filter((filter) => !isIts(filter))
  const at = filters.findIndex(isIts)
  return others.toSpliced(
    at < 0 ? others.length : at,
    0,
    ...values.map((value) => `${name}:${value}`),
  )
}

/** `100..200 kg`, `2026-01-01..`; undefined for what is a text. */
export function spanOf(value: string): Span | undefined {
  const dots = value.indexOf('..')
  const low = value.slice(0, Math.max(dots, 0))
  const [, high = '', unit = ''] = /^([\d.+-]*)\s*(.*)$/s.exec(value.slice(dots + 2)) ?? []
  const isSpan = dots >= 0 && /^[\d.+-]*$/.test(low) && (low !== '' || high !== '')
  return isSpan ? { low, high, unit } : undefined
}

/** The same for the address, the smaller end first; undefined where neither end is given. */
export function spanText({ low, high, unit }: Span): string | undefined {
  if (!low && !high) return undefined
  const isTurned = low && high && (DAY.test(low) ? low > high : Number(low) > Number(high))
  const ends = isTurned ? `${high}..${low}` : `${low}..${high}`
  return unit ? `${ends} ${unit}` : ends
}

/** The end of a sentence about a field: its value is … */
export function valueWords(value: string, days: (from: string, to: string) => string): string {
  const span = spanOf(value)
  if (!span) return value
  const { low, high, unit } = span
  if (DAY.test(low || high)) return days(low, high)
  if (low === high) return numberWords(Number(low), unit)
  if (low && high) return `${numberWords(Number(low))} to ${numberWords(Number(high), unit)}`
  return low
    ? `at least ${numberWords(Number(low), unit)}`
    : `at most ${numberWords(Number(high), unit)}`
}

/** The fields of a type, or of all: those of one name, for different vendors, as one with the choices of each. */
export function namedFields(types: readonly StudyType[]): Map<string, StudyField> {
  const found = new Map<string, StudyField>()
  for (const field of types.flatMap(({ fields }) => fields)) {
    const before = found.get(field.name)
    const choices = [...new Set([...(before?.choices ?? []), ...field.choices])]
    found.set(field.name, { ...(before ?? field), choices })
  }
  return found
}

/** Until a field's label is known, or where it is no longer in any form. */
export function labelFromName(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
