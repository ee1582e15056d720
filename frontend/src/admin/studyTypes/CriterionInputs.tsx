import { Checkbox, TextInput } from '@mantine/core'
import { TargetFields, type TypedTarget } from '../../study/TargetFields'
import type { TypeForm } from './useTypeEdit'

/** What a criterion is that a type proposes. */
export function CriterionInputs({ form, at }: { form: TypeForm; at: number }) {
  const criterion = form.values.criteria[at]
  if (!criterion) return null
  const path = `criteria.${at}`
  const errorAt = (name: keyof TypedTarget) => form.errors[`${path}.${name}`] as string | undefined
  return (
    <>
      <TextInput
        label="Criterion"
        autoComplete="off"
        dir="auto"
        {...form.getInputProps(`${path}.name`)}
      />
      <TargetFields
        values={criterion}
        errors={{
          comparison: errorAt('comparison'),
          target: errorAt('target'),
          upper: errorAt('upper'),
          unit: errorAt('unit'),
        }}
        onChange={(change) => {
          for (const [name, value] of Object.entries(change)) {
            form.setFieldValue(`${path}.${name}`, value)
          }
        }}
      />
      <Checkbox
        label="Required: without it the work cannot be completed"
        {...form.getInputProps(`${path}.required`, { type: 'checkbox' })}
      />
    </>
  )
}
