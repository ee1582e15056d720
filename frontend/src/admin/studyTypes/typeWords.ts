import type { StudyField } from '../../api/types'
import { boundsWords } from '../../study/fieldWords'

export const kindWords: Record<StudyField['kind'], string> = {
  text: 'Text',
  number: 'Number',
  choice: 'Choice',
  date: 'Date',
  person: 'Person',
  file: 'File reference',
}

export const requiredWords: Record<StudyField['required'], string> = {
  never: 'Never',
  submission: 'At submission',
  completion: 'At completion',
}

export function optionsOf(words: Record<string, string>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}

/** A field in a line. */
export function summaryOf(field: StudyField): string {
  return [
    kindWords[field.kind],
    boundsWords(field) ?? field.unit,
    field.choices.length > 0 && `${field.choices.length} to choose from`,
    field.required !== 'never' && `required ${requiredWords[field.required].toLowerCase()}`,
    field.vendor && `${field.vendor} only`,
  ]
    .filter(Boolean)
    .join(' · ')
}
