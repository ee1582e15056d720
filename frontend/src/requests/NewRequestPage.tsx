import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { $api } from '../api/client'
import { retriedSafely } from '../api/once'
import { toFormErrors } from '../api/problem'
import { DraftHint } from '../drafts/DraftHint'
import { useDraft } from '../drafts/useDraft'
import { PageHeader } from '../ui/PageHeader'
import { FormMessage } from '../ui/States'
import { refreshLists } from './queries'
import { RequestFields, type RequestValues, requestFields } from './RequestFields'
import classes from './RequestFields.module.css'

const empty: RequestValues = { title: '', description: '', vendor: '', priority: 'Medium' }

export function NewRequestPage() {
  const navigate = useNavigate()
  const client = useQueryClient()
  const [message, setMessage] = useState<string | null>(null)
  const draft = useDraft<RequestValues>('new')
  const form = useForm<RequestValues>({
    initialValues: { ...empty, ...draft.found },
    onValuesChange: (values) => (isEmpty(values) ? draft.drop() : draft.keep(values)),
  })
  const create = $api.useMutation('post', '/api/requests', {
    meta: { inline: true },
    ...retriedSafely,
    onSuccess: async ({ request }) => {
      draft.drop()
      refreshLists(client)
      await navigate({ to: '/requests/$requestId', params: { requestId: request.key } })
    },
    onError: (error) => {
      const { fields, form: rest } = toFormErrors(error, requestFields)
      form.setErrors(fields)
      setMessage(rest)
    },
  })
  const submit = form.onSubmit((body) => {
    setMessage(null)
    create.mutate({ params: { header: { 'Idempotency-Key': draft.keyFor(body) } }, body })
  })
  return (
    <>
      <PageHeader title="New request" />
      <div className={classes.page}>
        <p className={classes.lead}>
          A manager judges whether it is feasible and finds an engineer. You can follow every step.
        </p>
        <form className={classes.form} onSubmit={submit} noValidate>
          <RequestFields form={form} />
          <FormMessage>{message}</FormMessage>
          <div className={classes.buttons}>
            <Button type="submit" loading={create.isPending}>
              Submit request
            </Button>
            <DraftHint isKept={draft.isKept} onDiscard={() => form.setValues(empty)} />
          </div>
        </form>
      </div>
    </>
  )
}

function isEmpty({ title, description, vendor }: RequestValues): boolean {
  return [title, description, vendor].every((text) => text.trim() === '')
}
