import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { $api } from '../api/client'
import { toFormErrors } from '../api/problem'
import type { Actionable, Activity, RequestDetail } from '../api/types'
import { DraftHint } from '../drafts/DraftHint'
import { useDraft } from '../drafts/useDraft'
import { Dialog } from '../ui/Dialog'
import { toNumber } from '../ui/number'
import { FormMessage } from '../ui/States'
import { AssignFields, type AssignValues } from './AssignFields'
import classes from './Dialogs.module.css'
import { Meanwhile } from './Meanwhile'
import { useShowWhatIsSo } from './moves'
import { ifMatch, showRequest } from './queries'

interface Props {
  request: Actionable
  log: Activity[]
  /** Called with what the request is now, before the dialog closes. */
  onDone?: (request: RequestDetail) => void
  onClose: () => void
}

export default function AssignDialog(props: Props) {
  return (
    <Dialog title={`Assign: ${props.request.key}`} onClose={props.onClose}>
      <AssignForm {...props} />
    </Dialog>
  )
}

function AssignForm({ request, log, onDone, onClose }: Props) {
  const client = useQueryClient()
  const [opened] = useState(request)
  const [message, setMessage] = useState<string | null>(null)
  const draft = useDraft<AssignValues>(`assign:${request.id}`)
  const asItIs: AssignValues = {
    engineerId: request.assignedTo ?? '',
    estimatedHours: request.estimatedHours?.toString() ?? '',
  }
  const form = useForm<AssignValues>({
    initialValues: draft.found ?? asItIs,
    onValuesChange: (typed) =>
      JSON.stringify(typed) === JSON.stringify(asItIs) ? draft.drop() : draft.keep(typed),
  })
  const showWhatIsSo = useShowWhatIsSo()
  const assign = $api.useMutation('patch', '/api/requests/{request_id}/assign', {
    meta: { inline: true },
    onSuccess: ({ request: assigned }) => {
      draft.drop()
      showRequest(client, assigned)
      onDone?.(assigned)
      onClose()
    },
    onError: (error) => {
      if (showWhatIsSo(error)) return
      const { fields, form: rest } = toFormErrors(error, ['engineerId', 'estimatedHours'])
      form.setErrors(fields)
      setMessage(rest)
    },
  })
  const submit = form.onSubmit(({ engineerId, estimatedHours }) => {
    setMessage(null)
    assign.mutate({
      params: { path: { request_id: request.id }, header: ifMatch(request.version) },
      body: { engineerId, estimatedHours: toNumber(estimatedHours) },
    })
  })
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <AssignFields form={form} />
      <Meanwhile seen={opened} {...{ request, log }} />
      <FormMessage>{message}</FormMessage>
      <div className={classes.buttons}>
        <DraftHint draft={draft} onTake={form.setValues} onDiscard={() => form.setValues(asItIs)} />
        <Button variant="default" onClick={onClose}>
          Back
        </Button>
        <Button type="submit" loading={assign.isPending}>
          Assign
        </Button>
      </div>
    </form>
  )
}
