import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { $api } from '../api/client'
import { retriedSafely } from '../api/once'
import { toFormErrors } from '../api/problem'
import { removeNewDrafts } from '../drafts/drafts'
import { refreshLists } from '../requests/queries'
import { requestFields } from '../requests/RequestFields'
import { useStudyTypes } from '../study/queries'
import { errorName, fieldsFor } from '../study/values'
import { contentOf, emptyValues, isEmpty, type Values, valuesOf } from './content'
import { DraftKeeper } from './draftKeeper'
import type { Beginning, Kept, useBeginning } from './useBeginning'

type Draft = ReturnType<typeof useBeginning>['draft']

/** The form, what keeps it here and on the server while it is written, and what makes a request of it. */
export function useRequestForm(draft: Draft, beginning: Beginning) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [message, setMessage] = useState<string | null>(null)
  const [held, setHeld] = useState(beginning.held)
  const types = useStudyTypes()
  const form = useForm<Values>({
    initialValues: beginning.values,
    onValuesChange: (values) => keep(values),
  })
  const type = types?.find(({ id }) => id === form.values.studyType)
  const fields = type ? fieldsFor(type.fields, form.values.vendor) : []
  const values = useRef(form.values)
  const [keeper] = useState(
    () =>
      new DraftKeeper(beginning.held, (now) => {
        setHeld(now)
        if (!isEmpty(values.current)) remember(values.current, now.where === 'server')
      }),
  )
  const kept = (now: Values, isSaved: boolean): Kept => {
    const { id, version } = keeper.held
    return { values: now, id, version, isSaved }
  }
  function remember(now: Values, isSaved: boolean) {
    draft.keep(kept(now, isSaved))
  }
  function keep(now: Values) {
    values.current = now
    if (isEmpty(now)) {
      draft.drop()
      return keeper.changed(null)
    }
    remember(now, false)
    const chosen = types?.find(({ id }) => id === now.studyType)
    // Before its form is known, what was typed in it cannot be told.
    if (chosen || !now.studyType)
      keeper.changed(contentOf(now, fieldsFor(chosen?.fields ?? [], now.vendor)))
  }
  const forget = () => {
    const { id } = keeper.held
    draft.drop()
    removeNewDrafts<Kept>(draft.personId, (one) => id !== null && one.id === id)
    client.invalidateQueries({ queryKey: ['get', '/api/drafts'] })
  }
  useEffect(() => {
    const again = () => void keeper.save()
    window.addEventListener('online', again)
    return () => {
      window.removeEventListener('online', again)
      // What was typed last goes to the server also when its page is left.
      keeper.save().then(() => client.invalidateQueries({ queryKey: ['get', '/api/drafts'] }))
    }
  }, [keeper, client])
  const create = $api.useMutation('post', '/api/requests', {
    meta: { inline: true },
    ...retriedSafely,
    onSuccess: async ({ request }) => {
      forget()
      refreshLists(client)
      await navigate({ to: '/requests/$requestId', params: { requestId: request.key } })
    },
    onError: (error) => {
      const known = [...requestFields, 'studyType', 'dueDate', ...fields.map(errorName)]
      const { fields: wrong, form: rest } = toFormErrors(error, known)
      form.setErrors(wrong)
      setMessage(rest)
    },
  })
  const submit = form.onSubmit(async (now) => {
    setMessage(null)
    await keeper.close()
    const { title, description, vendor, priority } = now
    const { id } = keeper.held
    const body = {
      ...contentOf(now, fields),
      ...{ title, description, vendor, priority },
      ...(id && { draftId: id }),
    }
    const key = draft.keyFor(kept(now, false), body)
    create.mutate({ params: { header: { 'Idempotency-Key': key } }, body })
  })
  /** Throws away what is here; the form is empty then. */
  const discard = async () => {
    form.setValues(emptyValues)
    form.clearErrors()
    setMessage(null)
    await keeper.save()
    forget()
  }
  const resolve = (keepMine: boolean) => {
    const { theirs } = keeper.held
    if (theirs && !keepMine) {
      form.setValues(valuesOf(theirs.content))
      keeper.resolve(false)
    } else keeper.resolve(true)
  }
  return {
    form,
    type,
    fields,
    held,
    message,
    submit,
    discard,
    resolve,
    isSending: create.isPending,
  }
}

export type RequestForm = ReturnType<typeof useRequestForm>
