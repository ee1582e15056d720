import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { $api } from '../api/client'
import { toFormErrors } from '../api/problem'
import { PageHeader } from '../ui/PageHeader'
import { FormMessage } from '../ui/States'
import { refreshLists } from './queries'
import { RequestFields, type RequestValues, requestFields } from './RequestFields'
import classes from './RequestFields.module.css'

export function NewRequestPage() {
  const navigate = useNavigate()
  const client = useQueryClient()
  const [message, setMessage] = useState<string | null>(null)
  const form = useForm<RequestValues>({
    initialValues: { title: '', description: '', vendor: '', priority: 'Medium' },
  })
  const create = $api.useMutation('post', '/api/requests', {
    meta: { inline: true },
    onSuccess: async ({ request }) => {
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
    create.mutate({ body })
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
          </div>
        </form>
      </div>
    </>
  )
}
