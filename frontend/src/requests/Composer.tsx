import { Button, Switch } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { $api } from '../api/client'
import { keptAlive, retriedSafely } from '../api/once'
import { toFormErrors } from '../api/problem'
import { isStaff, useSession } from '../app/session'
import { DraftHint } from '../drafts/DraftHint'
import { useDraft } from '../drafts/useDraft'
import { MarkdownField } from '../markdown/MarkdownField'
import { FormMessage } from '../ui/States'
import classes from './Composer.module.css'
import { showComment } from './queries'
import type { NewComment } from './sending'

interface Props {
  requestId: string
  createdByName: string
}

const empty: NewComment = { content: '', internal: false }

/** The comment being written: kept as a draft until the server has it, sent once however often it is tried. */
function useNewComment(requestId: string) {
  const client = useQueryClient()
  const [message, setMessage] = useState<string | null>(null)
  const draft = useDraft<NewComment>(`comment:${requestId}`)
  const form = useForm<NewComment>({
    initialValues: { ...empty, ...draft.found },
    onValuesChange: (body) => (body.content.trim() ? draft.keep(body) : draft.drop()),
  })
  const clear = () => {
    form.setValues(empty)
    draft.drop()
  }
  const add = $api.useMutation('post', '/api/requests/{request_id}/comments', {
    meta: { inline: true },
    ...retriedSafely,
    onSuccess: ({ comment }) => {
      showComment(client, comment)
      clear()
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
    const header = { 'Idempotency-Key': draft.keyFor(body) }
    const params = { path: { request_id: requestId }, header }
    add.mutate({ params, body, ...keptAlive(body.content) })
  })
  return { form, draft, submit, clear, message, isSending: add.isPending }
}

export default function Composer({ requestId, createdByName }: Props) {
  const staff = isStaff(useSession())
  const { form, draft, submit, clear, message, isSending } = useNewComment(requestId)
  const sendOnCtrlEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit()
  }
  const content = form.getInputProps('content')
  const { internal } = form.values
  return (
    <form
      id="composer"
      className={classes.composer}
      data-internal={internal || undefined}
      onSubmit={submit}
      noValidate
    >
      <MarkdownField
        label="Comment"
        description={readersOf(staff, internal, createdByName)}
        autosize
        minRows={3}
        maxRows={16}
        onKeyDown={sendOnCtrlEnter}
        {...content}
        // On its way it stands in the timeline, and comes back here when it is refused.
        value={isSending ? '' : content.value}
        readOnly={isSending}
      />
      <FormMessage>{message}</FormMessage>
      <div className={classes.foot}>
        {staff && (
          <Switch
            label="Internal: requesters cannot read it"
            disabled={isSending}
            {...form.getInputProps('internal', { type: 'checkbox' })}
          />
        )}
        {!isSending && <DraftHint draft={draft} onTake={form.setValues} onDiscard={clear} />}
        <span className={classes.keys}>
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> sends
        </span>
        <Button type="submit" loading={isSending}>
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
