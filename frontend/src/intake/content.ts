import type { Content, StudyField } from '../api/types'
import type { RequestValues } from '../requests/RequestFields'
import { dataOf, type Typed } from '../study/values'

/** What stands in the inputs of the form. */
export interface Values extends RequestValues {
  studyType: string | null
  /** By the names of the fields of the type. */
  typed: Typed
  /** `yyyy-mm-dd`, or nothing. */
  dueDate: string
  /** With commas between them. */
  tags: string
}

export const emptyValues: Values = {
  title: '',
  description: '',
  vendor: '',
  priority: 'Medium',
  studyType: null,
  typed: {},
  dueDate: '',
  tags: '',
}

/** Whether nothing is told yet that would be a loss. A priority alone is nothing. */
export function isEmpty({ title, description, vendor, dueDate, tags, typed }: Values): boolean {
  return [title, description, vendor, dueDate, tags, ...Object.values(typed)].every(
    (text) => text.trim() === '',
  )
}

export function tagsOf(text: string): string[] {
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean)
}

/** What is told so far, as the server keeps it; what is not told is left out. */
export function contentOf(values: Values, fields: readonly StudyField[]): Content {
  const { title, description, vendor, priority, studyType, dueDate } = values
  const tags = tagsOf(values.tags)
  const data = Object.entries(dataOf(fields, values.typed)).filter(([, value]) => value !== null)
  return {
    ...(title && { title }),
    ...(description && { description }),
    ...(vendor && { vendor }),
    priority,
    ...(studyType && { studyType }),
    ...(data.length > 0 && { data: Object.fromEntries(data) }),
    ...(dueDate && { dueDate }),
    ...(tags.length > 0 && { tags }),
  }
}

/** The inputs that say this. */
export function valuesOf(content: Content): Values {
  const typed = Object.entries(content.data ?? {}).map(([name, value]) => [name, typedFrom(value)])
  return {
    title: content.title ?? '',
    description: content.description ?? '',
    vendor: content.vendor ?? '',
    priority: content.priority ?? 'Medium',
    studyType: content.studyType ?? null,
    typed: Object.fromEntries(typed),
    dueDate: content.dueDate ?? '',
    tags: (content.tags ?? []).join(', '),
  }
}

function typedFrom(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'value' in value) {
    const { value: number, unit } = value as { value: unknown; unit?: unknown }
    return unit ? `${number} ${unit}` : String(number)
  }
  return value === null || value === undefined ? '' : String(value)
}
