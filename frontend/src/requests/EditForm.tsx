import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { $api } from '../api/client'
import { ApiError, toFormErrors } from '../api/problem'
import type { RequestDetail } from '../api/types'
import { FormMessage } from '../ui/States'
import { changesOf, conflictsOf } from './changes'
import classes from './EditForm.module.css'
import { refreshRequest } from './queries'
import { RequestFields, type RequestValues, requestFields } from './RequestFields'
import layout from './RequestFields.module.css'

interface Props {
  request: RequestDetail
  onDone: () => void
}

export function EditForm({ request, onDone }: Props) {
  const client = useQueryClient()
  const [started] = useState(request)
  /** What the server holds by now, once it has refused because somebody else was faster. */
  const [newer, setNewer] = useState<RequestDetail | null>(null)
  const [message, setMessage] = useState<string | null>(null)
  const { title, description, vendor, priority } = started
  const form = useForm<RequestValues>({ initialValues: { title, description, vendor, priority } })
  const save = $api.useMutation('patch', '/api/requests/{request_id}', {
    meta: { inline: true },
    onSuccess: async () => {
      await refreshRequest(client)
      onDone()
    },
    onError: (error: unknown) => {
      if (error instanceof ApiError && error.status === 412 && error.problem.request) {
        return setNewer(error.problem.request as RequestDetail)
      }
      const { fields, form: rest } = toFormErrors(error, requestFields)
      form.setErrors(fields)
      setMessage(rest)
    },
  })
  const submit = form.onSubmit((values) => {
    setMessage(null)
    const body = changesOf(started, values)
    if (Object.keys(body).length === 0) return onDone()
    const version = (newer ?? started).version
    save.mutate({
      params: { path: { request_id: request.id }, header: { 'If-Match': `"${version}"` } },
      body,
    })
  })
  return (
    <form className={layout.form} onSubmit={submit} noValidate>
      {newer && <Conflict started={started} newer={newer} />}
      <RequestFields form={form} />
      <FormMessage>{message}</FormMessage>
      <div className={layout.buttons}>
        <Button type="submit" loading={save.isPending}>
          {newer ? 'Save mine anyway' : 'Save changes'}
        </Button>
        <Button variant="default" onClick={onDone}>
          Discard
        </Button>
      </div>
    </form>
  )
}

function Conflict({ started, newer }: { started: RequestDetail; newer: RequestDetail }) {
  const fields = conflictsOf(started, newer)
  return (
    <div role="alert" className={classes.conflict}>
      <p>
        Somebody else changed this request while you were editing. Nothing of yours is lost:
        compare, then save or discard.
      </p>
      {fields.length > 0 && (
        <dl>
          {fields.map((field) => (
            <div key={field}>
              <dt>Now in {field}</dt>
              <dd>{newer[field]}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}
