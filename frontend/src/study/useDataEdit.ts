import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { $api } from '../api/client'
import { toFormErrors } from '../api/problem'
import type { RequestDetail, RequestForm } from '../api/types'
import { useDraft } from '../drafts/useDraft'
import { currentOf, ifMatch, showRequest } from '../requests/queries'
import { formOptions, useRequestId, useStudyTypes } from './queries'
import { clashes, dataOf, errorName, fieldsFor, type Typed, typedOf } from './values'

/** `base` is what the edit began with. */
interface DataDraft {
  base: { version: number; typed: Typed }
  studyType: string | null
  typed: Typed
}

/** Only what was changed is sent, over the version that it was read from; what others changed meanwhile is told. */
export function useDataEdit(request: RequestDetail, form: RequestForm, onDone: () => void) {
  const client = useQueryClient()
  const requestId = useRequestId()
  const types = useStudyTypes()
  const draft = useDraft<DataDraft>(`data:${request.id}`)
  const [{ base, studyType, typed }, set] = useState<DataDraft>(() => {
    const before = typedOf(form)
    const base = { version: request.version, typed: before }
    return draft.found ?? { base, studyType: request.studyType, typed: before }
  })
  const change = (more: Partial<DataDraft>) => {
    const now = { base, studyType, typed, ...more }
    set(now)
    draft.keep(now)
  }
  const finish = () => {
    draft.drop()
    onDone()
  }
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [message, setMessage] = useState<string | null>(null)
  const retyped = studyType !== request.studyType
  const chosen = types?.find(({ id }) => id === studyType)
  const fields = retyped ? fieldsFor(chosen?.fields ?? [], request.vendor) : form.fields
  const save = $api.useMutation('patch', '/api/requests/{request_id}', { meta: { inline: true } })

  const showOthers = async (theirs: RequestDetail) => {
    showRequest(client, theirs)
    const fresh = await client.fetchQuery({ ...formOptions(requestId), staleTime: 0 })
    const now = typedOf(fresh)
    const merged = clashes(base.typed, typed, now)
    change({ base: { version: theirs.version, typed: now }, typed: merged.typed })
    setErrors(
      Object.fromEntries(
        merged.names.map((name) => [
          `data.${name}`,
          `Now: ${fresh.values[name]?.text ?? 'nothing'}.`,
        ]),
      ),
    )
    setMessage('Somebody has changed this request meanwhile. Look at it again and save.')
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setErrors({})
    setMessage(null)
    const data = dataOf(fields, typed, base.typed)
    if (!retyped && Object.keys(data).length === 0) return finish()
    save.mutate(
      {
        params: { path: { request_id: request.id }, header: ifMatch(base.version) },
        body: { data, ...(retyped && { studyType }) },
      },
      {
        onSuccess: ({ request: saved }) => {
          showRequest(client, saved)
          finish()
        },
        onError: (error) => {
          const theirs = currentOf(error)
          if (theirs) return showOthers(theirs)
          const told = toFormErrors(error, ['studyType', ...fields.map(errorName)])
          setErrors(told.fields)
          setMessage(told.form)
        },
      },
    )
  }

  return {
    studyType,
    setStudyType: (studyType: string | null) => change({ studyType }),
    fields,
    typed,
    type: (name: string, value: string) => change({ typed: { ...typed, [name]: value } }),
    draft,
    take: set,
    discard: finish,
    errors,
    message,
    submit,
    isSaving: save.isPending,
  }
}
