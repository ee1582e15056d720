import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { $api } from '../api/client'
import { ApiError, messageOf, toFormErrors } from '../api/problem'
import type { Criterion } from '../api/types'
import type { DraftName } from '../drafts/drafts'
import { useDraft } from '../drafts/useDraft'
import { ifMatch } from '../requests/queries'
import { notifyError, offerUndo } from '../ui/notify'
import { criteriaOptions, useRequestId, useShowSheet } from './queries'
import { sentTarget, type TypedTarget } from './TargetFields'
import { clashes } from './values'

interface Typed extends TypedTarget {
  name: string
  required: boolean
}

/** `base` is what the edit began with; there is none for a new one. */
interface CriterionDraft {
  base?: Criterion
  values: Typed
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

const OVERTAKEN = 'Somebody has changed this criterion meanwhile. Look at it again and save.'

const criteriaPath = '/api/requests/{request_id}/criteria'
const onePath = '/api/requests/{request_id}/criteria/{criterion_id}'

const asText = ({ required, ...texts }: Typed) => ({ ...texts, required: String(required) })

/** Mine where I typed, theirs elsewhere, and what of theirs stands against mine. */
function mergeTyped(before: Typed, mine: Typed, theirs: Typed) {
  const { typed, names } = clashes(asText(before), asText(mine), asText(theirs))
  const now = names.map((name) => [
    name,
    `Now: ${asText(theirs)[name as keyof Typed] || 'nothing'}.`,
  ])
  const values = { ...typed, required: typed.required === 'true' } as unknown as Typed
  return { values, errors: Object.fromEntries(now) as Record<string, string> }
}

/** The criterion as it is now, where somebody else was quicker. */
function overtakenBy(error: unknown): Criterion | null {
  const isStale = error instanceof ApiError && error.status === 412
  return isStale ? (error.problem.criterion as Criterion) : null
}

/** Adds a criterion, changes one over the version that was read, or removes it with a way back. */
export function useCriterionEdit(
  criterion: Criterion | undefined,
  draftName: DraftName,
  onDone: () => void,
) {
  const client = useQueryClient()
  const requestId = useRequestId()
  const show = useShowSheet()
  const draft = useDraft<CriterionDraft>(draftName)
  const [{ base, values }, setDraft] = useState<CriterionDraft>(
    () => draft.found ?? { base: criterion, values: criterion ? typedOf(criterion) : empty },
  )
  const keep = (now: CriterionDraft) => {
    setDraft(now)
    draft.keep(now)
  }
  const finish = () => {
    draft.drop()
    onDone()
  }
  const [theirs, setTheirs] = useState<Record<string, string> | null>(null)
  const options = { meta: { inline: true }, onSuccess: show }
  const add = $api.useMutation('post', criteriaPath, options)
  const change = $api.useMutation('patch', onePath, options)
  const remove = $api.useMutation('delete', onePath, options)
  const error = add.error ?? change.error
  const told = theirs
    ? { fields: theirs, form: OVERTAKEN }
    : error
      ? toFormErrors(error, ['name', 'comparison', 'target', 'upper', 'unit'])
      : { fields: {}, form: null }
  /** Whether somebody else was quicker: then theirs is put together with mine, to be looked at again. */
  const takeIn = (problem: unknown): boolean => {
    const now = overtakenBy(problem)
    if (!now || !base) return false
    const merged = mergeTyped(typedOf(base), values, typedOf(now))
    keep({ base: now, values: merged.values })
    setTheirs(merged.errors)
    client.invalidateQueries({ queryKey: criteriaOptions(requestId).queryKey })
    return true
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const path = { request_id: requestId }
    const body = { name: values.name, required: values.required, ...sentTarget(values) }
    setTheirs(null)
    if (!base) return add.mutate({ params: { path }, body }, { onSuccess: finish })
    const params = { path: { ...path, criterion_id: base.id }, header: ifMatch(base.version) }
    change.mutate(
      { params, body },
      {
        onSuccess: finish,
        onError: (problem) => takeIn(problem),
      },
    )
  }
  return {
    values,
    set: (more: Partial<Typed>) => keep({ base, values: { ...values, ...more } }),
    draft,
    take: setDraft,
    discard: finish,
    errors: told.fields as Record<string, string | undefined>,
    message: told.form,
    submit,
    isSaving: add.isPending || change.isPending,
    remove: () => {
      if (!criterion || !base) return
      const path = { request_id: requestId, criterion_id: criterion.id }
      const params = { path, header: ifMatch(base.version) }
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
            finish()
          },
          onError: (problem) => !takeIn(problem) && notifyError(messageOf(problem)),
        },
      )
    },
    isRemoving: remove.isPending,
  }
}
