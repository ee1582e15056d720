import { Button, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { $api } from '../api/client'
import { toFormErrors } from '../api/problem'
import type { Action, RequestDetail } from '../api/types'
import { Dialog } from '../ui/Dialog'
import { toNumber } from '../ui/number'
import { FormMessage } from '../ui/States'
import { verbOf } from './actionLabels'
import classes from './Dialogs.module.css'
import { StatusMark } from './Marks'
import { useRefreshOnConflict } from './moves'
import { refreshRequest } from './queries'

interface Props {
  request: RequestDetail
  action: Action
  onClose: () => void
}

export default function ActionDialog(props: Props) {
  return (
    <Dialog title={`${verbOf(props.action.name)}: ${props.request.key}`} onClose={props.onClose}>
      <ReasonForm {...props} />
    </Dialog>
  )
}

function ReasonForm({ request, action, onClose }: Props) {
  const client = useQueryClient()
  const [message, setMessage] = useState<string | null>(null)
  const form = useForm({ initialValues: { reason: '', suggestedHours: '' } })
  const refreshOnConflict = useRefreshOnConflict()
  const takesHours = action.name === 'discuss'
  const move = $api.useMutation('patch', '/api/requests/{request_id}/status', {
    meta: { inline: true },
    onSuccess: async () => {
      await refreshRequest(client)
      onClose()
    },
    onError: (error) => {
      const { fields, form: rest } = toFormErrors(error, ['reason', 'suggestedHours'])
      form.setErrors(fields)
      setMessage(rest)
      refreshOnConflict(error)
    },
  })
  const submit = form.onSubmit(({ reason, suggestedHours }) => {
    setMessage(null)
    const hours = takesHours && suggestedHours ? { suggestedHours: toNumber(suggestedHours) } : {}
    move.mutate({
      params: { path: { request_id: request.id } },
      body: { status: action.to, reason, ...hours },
    })
  })
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <p className={classes.lead}>
        Moves the request to <StatusMark status={action.to} />
      </p>
      <Textarea
        label="Reason"
        description="Everybody who may see the request can read it."
        autosize
        minRows={3}
        maxRows={12}
        data-autofocus
        dir="auto"
        {...form.getInputProps('reason')}
      />
      {takesHours && (
        <TextInput
          label="Suggested hours (optional)"
          inputMode="numeric"
          autoComplete="off"
          w={200}
          {...form.getInputProps('suggestedHours')}
        />
      )}
      <FormMessage>{message}</FormMessage>
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          Back
        </Button>
        <Button type="submit" loading={move.isPending}>
          {verbOf(action.name)}
        </Button>
      </div>
    </form>
  )
}
