import { type FormEvent, useState } from 'react'
import { $api } from '../api/client'
import { messageOf, toFormErrors } from '../api/problem'
import type { Criterion } from '../api/types'
import { notifyError, offerUndo } from '../ui/notify'
import { useRequestId, useShowSheet } from './queries'
import { sentTarget, type TypedTarget } from './TargetFields'

interface Typed extends TypedTarget {
  name: string
  required: boolean
}

const empty: Typed = {
  name: '',
  comparison: '<=',
  target: '',
  upper: '',
  unit: '',
  required: true,
}

function typedOf({ name, comparison, target, upper, unit, required }: Criterion): Typed {
  const text = (value: number | null) => (value === null ? '' : String(value))
  return { name, comparison, target: text(target), upper: text(upper), unit: unit ?? '', required }
}

const criteriaPath = '/api/requests/{request_id}/criteria'
const onePath = '/api/requests/{request_id}/criteria/{criterion_id}'

/** Adds a criterion, changes one, or removes it with a way back. */
export function useCriterionEdit(criterion: Criterion | undefined, onDone: () => void) {
  const requestId = useRequestId()
  const show = useShowSheet()
  const [values, setValues] = useState(criterion ? typedOf(criterion) : empty)
  const options = { meta: { inline: true }, onSuccess: show }
  const add = $api.useMutation('post', criteriaPath, options)
  const change = $api.useMutation('patch', onePath, options)
  const remove = $api.useMutation('delete', onePath, options)
  const error = add.error ?? change.error
  const told = error
    ? toFormErrors(error, ['name', 'comparison', 'target', 'upper', 'unit'])
    : { fields: {}, form: null }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const path = { request_id: requestId }
    const body = { name: values.name, required: values.required, ...sentTarget(values) }
    if (!criterion) return add.mutate({ params: { path }, body }, { onSuccess: onDone })
    const params = { path: { ...path, criterion_id: criterion.id } }
    change.mutate({ params, body }, { onSuccess: onDone })
  }
  return {
    values,
    set: (more: Partial<Typed>) => setValues((all) => ({ ...all, ...more })),
    errors: told.fields as Record<string, string | undefined>,
    message: told.form,
    submit,
    isSaving: add.isPending || change.isPending,
    remove: () => {
      if (!criterion) return
      const params = { path: { request_id: requestId, criterion_id: criterion.id } }
      remove.mutate(
        { params },
        {
          onSuccess: () => {
            const again = {
              ...sentTarget(typedOf(criterion)),
              name: criterion.name,
              required: criterion.required,
            }
            offerUndo(`${criterion.name} is removed.`, () =>
              add.mutate({ params: { path: { request_id: requestId } }, body: again }),
            )
            onDone()
          },
          onError: (problem) => notifyError(messageOf(problem)),
        },
      )
    },
    isRemoving: remove.isPending,
  }
}
