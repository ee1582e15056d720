import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { $api } from '../api/client'
import { toFormErrors } from '../api/problem'
import type { RequestDetail } from '../api/types'
import { readDraft, removeDraft } from '../drafts/drafts'
import { useDraft } from '../drafts/useDraft'
import { notify } from '../ui/notify'
import { changesOf, type Merged, mergeEdits, valuesOf } from './merge'
import { currentOf, ifMatch, showRequest } from './queries'
import { type RequestField, type RequestValues, requestFields } from './RequestFields'

/** `base` is what the edit began with: a draft that comes back later is merged from there. */
export interface EditDraft {
  base: RequestValues & { version: number }
  values: RequestValues
}

export interface Conflict {
  theirs: RequestDetail
  /** Mine as it was refused, so that it can be had back after theirs was tried. */
  mine: RequestValues
  fields: RequestField[]
}

export type FieldInPlace = 'title' | 'description'
const inPlace: FieldInPlace[] = ['title', 'description']

/** What was begun in place goes on in the form of the whole. */
function begunInPlace(personId: string, request: RequestDetail): EditDraft | undefined {
  let whole: EditDraft | undefined
  for (const field of inPlace) {
    const draft = readDraft<EditDraft>(personId, `edit:${request.id}:${field}`)?.value
    if (!draft) continue
    const { base, values } = whole ?? {
      base: { ...valuesOf(request), version: request.version },
      values: valuesOf(request),
    }
    const version = Math.min(base.version, draft.base.version)
    whole = {
      base: { ...base, [field]: draft.base[field], version },
      values: { ...values, [field]: draft.values[field] },
    }
  }
  return whole
}

/** An edit, of all fields or of one in its place: kept as a draft, merged with what others change meanwhile. */
export function useEdit(request: RequestDetail, onDone: () => void, field?: FieldInPlace) {
  const client = useQueryClient()
  const draft = useDraft<EditDraft>(field ? `edit:${request.id}:${field}` : `edit:${request.id}`)
  const [found] = useState(
    () => draft.found ?? (field ? undefined : begunInPlace(draft.personId, request)),
  )
  const [began, setBegan] = useState(
    () => found?.base ?? { ...valuesOf(request), version: request.version },
  )
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const [message, setMessage] = useState<string | null>(null)
  const form = useForm<RequestValues>({
    initialValues: found?.values ?? valuesOf(request),
    onValuesChange: (values) => draft.keep({ base: began, values }),
  })
  const finish = () => {
    draft.drop()
    if (!field)
      for (const part of inPlace) removeDraft(draft.personId, `edit:${request.id}:${part}`)
    onDone()
  }
  const save = $api.useMutation('patch', '/api/requests/{request_id}', { meta: { inline: true } })

  const onError = (error: unknown, base: RequestValues, mine: RequestValues) => {
    const theirs = currentOf(error)
    if (!theirs) {
      const { fields, form: rest } = toFormErrors(error, requestFields)
      form.setErrors(fields)
      return setMessage(rest)
    }
    showRequest(client, theirs)
    const merged = mergeEdits(base, mine, theirs)
    form.setValues(merged.values)
    if (merged.conflicts.length === 0) return send(theirs, merged.values, merged)
    setConflict({ theirs, mine, fields: merged.conflicts })
  }

  const send = (base: EditDraft['base'], values: RequestValues, merged?: Merged) => {
    setMessage(null)
    const done = () => {
      if (merged?.taken.length)
        notify(`Saved. Others changed ${merged.taken.join(', ')}: kept too.`)
      finish()
    }
    const body = changesOf(base, values)
    if (Object.keys(body).length === 0) return done()
    const params = { path: { request_id: request.id }, header: ifMatch(base.version) }
    save.mutate(
      { params, body },
      {
        onSuccess: ({ request: saved }) => {
          showRequest(client, saved)
          done()
        },
        onError: (error) => onError(error, base, values),
      },
    )
  }

  return {
    form,
    conflict,
    message,
    draft,
    take: ({ base, values }: EditDraft) => {
      setBegan(base)
      form.setValues(values)
    },
    isSaving: save.isPending,
    submit: form.onSubmit((values) => send(conflict?.theirs ?? began, values)),
    discard: finish,
  }
}
