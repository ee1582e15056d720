import type { Criterion, Measurement } from '../api/types'
import { numberWords } from './fieldWords'

type Target = Pick<Criterion, 'comparison' | 'target' | 'upper' | 'unit'>

export const comparisonWords: Record<Criterion['comparison'], string> = {
  '<=': 'at most',
  '>=': 'at least',
  '=': 'exactly',
  between: 'between',
  judged: 'judged by hand',
}

const signs: Partial<Record<Criterion['comparison'], string>> = { '<=': '≤', '>=': '≥', '=': '=' }

/** What is to be reached, as short as in a table. */
export function targetWords({ comparison, target, upper, unit }: Target): string {
  if (target === null) return 'judged by hand'
  if (upper !== null) return `${numberWords(target)} – ${numberWords(upper, unit)}`
  return `${signs[comparison] ?? ''}\u00a0${numberWords(target, unit)}`
}

/** What was measured; a judgement has no value, its verdict says it all. */
export function measuredWords({ value, unit }: Pick<Measurement, 'value' | 'unit'>): string | null {
  return value === null ? null : numberWords(value, unit)
}

export interface Results {
  now: Measurement | null
  /** The last one of the latest round before this with any. */
  before: Measurement | null
  /** The others, the newest first. */
  earlier: Measurement[]
}

/** Which results stand side by side, and which are history. */
export function resultsOf(criterion: Pick<Criterion, 'measurements'>, round: number): Results {
  const now = criterion.measurements.find(({ isCurrent }) => isCurrent) ?? null
  const before = criterion.measurements.findLast((one) => one.round < round) ?? null
  const earlier = criterion.measurements.filter((one) => one !== now && one !== before)
  return { now, before, earlier: earlier.reverse() }
}
