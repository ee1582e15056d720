import { Button, Switch, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { $api } from '../api/client'
import { toFormErrors } from '../api/problem'
import { isStaff, useSession } from '../app/session'
import { FormMessage } from '../ui/States'
import classes from './Composer.module.css'
import { refreshRequest } from './queries'

interface Props {
  requestId: string
  createdByName: string
}

export function Composer({ requestId, createdByName }: Props) {
  const staff = isStaff(useSession())
  const client = useQueryClient()
  const [message, setMessage] = useState<string | null>(null)
  const form = useForm({ initialValues: { content: '', internal: false } })
  const add = $api.useMutation('post', '/api/requests/{request_id}/comments', {
    meta: { inline: true },
    // Emptied only now: what the server has not taken stays where it was written.
    onSuccess: async () => {
      await refreshRequest(client)
      form.reset()
    },
    onError: (error) => {
      const { fields, form: rest } = toFormErrors(error, ['content'])
      form.setErrors(fields)
      setMessage(rest)
    },
  })
  const submit = form.onSubmit((body) => {
    if (add.isPending) return
    setMessage(null)
    add.mutate({ params: { path: { request_id: requestId } }, body })
  })
  const sendOnCtrlEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit()
  }
  const { internal } = form.values
  return (
    <form
      className={classes.composer}
      data-internal={internal || undefined}
      onSubmit={submit}
      noValidate
    >
      <Textarea
        label="Comment"
        description={readersOf(staff, internal, createdByName)}
        autosize
        minRows={3}
        maxRows={16}
        dir="auto"
        onKeyDown={sendOnCtrlEnter}
        {...form.getInputProps('content')}
      />
      <FormMessage>{message}</FormMessage>
      <div className={classes.foot}>
        {staff && (
          <Switch
            label="Internal: requesters cannot read it"
            {...form.getInputProps('internal', { type: 'checkbox' })}
          />
        )}
        <span className={classes.keys}>
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> sends
        </span>
        <Button type="submit" loading={add.isPending}>
          Add comment
        </Button>
      </div>
    </form>
  )
}

function readersOf(staff: boolean, internal: boolean, createdByName: string): string {
  if (internal) return 'Engineers and managers will read this.'
  if (staff) return `${createdByName}, engineers and managers will read this.`
  return 'The engineers and managers of this request will read this.'
}
