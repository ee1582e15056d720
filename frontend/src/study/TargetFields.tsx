import { NativeSelect, TextInput } from '@mantine/core'
import type { Criterion } from '../api/types'
import { comparisonWords } from './criteriaWords'
import classes from './Study.module.css'

/** As it stands in the inputs. */
export interface TypedTarget {
  comparison: Criterion['comparison']
  target: string
  upper: string
  unit: string
}

interface Props {
  values: TypedTarget
  errors: Record<string, string | undefined>
  onChange: (change: Partial<TypedTarget>) => void
}

const comparisons = Object.entries(comparisonWords).map(([value, label]) => ({ value, label }))

/** What is to be reached: a comparison and its numbers, none where it is judged by hand. */
export function TargetFields({ values, errors, onChange }: Props) {
  const number = (name: 'target' | 'upper' | 'unit', label: string) => (
    <TextInput
      label={label}
      autoComplete="off"
      inputMode={name === 'unit' ? undefined : 'decimal'}
      value={values[name]}
      onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
      error={errors[name]}
    />
  )
  return (
    <div className={classes.targets}>
      <NativeSelect
        label="Comparison"
        data={comparisons}
        value={values.comparison}
        onChange={({ currentTarget }) =>
          onChange({ comparison: currentTarget.value as TypedTarget['comparison'] })
        }
        error={errors.comparison}
      />
      {values.comparison !== 'judged' && number('target', 'Target')}
      {values.comparison === 'between' && number('upper', 'Upper end')}
      {values.comparison !== 'judged' && number('unit', 'Unit')}
    </div>
  )
}

/** For the server: what does not belong to the comparison is left out. */
export function sentTarget({ comparison, target, upper, unit }: TypedTarget) {
  const isJudged = comparison === 'judged'
  return {
    comparison,
    target: isJudged ? null : toNumberOrNull(target),
    upper: comparison === 'between' ? toNumberOrNull(upper) : null,
    unit: isJudged ? null : unit.trim() || null,
  }
}

/** What is no number goes to the server, which says so. */
export function toNumberOrNull(typed: string): number | null {
  const text = typed.trim()
  if (text === '') return null
  const number = Number(text)
  return Number.isFinite(number) ? number : (text as unknown as number)
}
