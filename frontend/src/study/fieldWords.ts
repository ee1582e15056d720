import type { StudyField } from '../api/types'

let format: Intl.NumberFormat | undefined

export function numberWords(value: number, unit?: string | null): string {
  format ??= new Intl.NumberFormat('en', { maximumSignificantDigits: 10 })
  return unit ? `${format.format(value)}\u00a0${unit}` : format.format(value)
}

/** What a number may be, null where it may be any. */
export function boundsWords(
  field: Pick<StudyField, 'minimum' | 'maximum' | 'unit'>,
): string | null {
  const { minimum, maximum, unit } = field
  if (minimum !== null && maximum !== null) {
    return `${numberWords(minimum)} to ${numberWords(maximum, unit)}`
  }
  if (minimum !== null) return `At least ${numberWords(minimum, unit)}`
  return maximum === null ? null : `At most ${numberWords(maximum, unit)}`
}
