import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { toFormErrors } from '../../api/problem'
import type { Request } from '../../api/types'
import { Dialog } from '../../ui/Dialog'
import { toNumber } from '../../ui/number'
import { FormMessage } from '../../ui/States'
import { AssignFields, type AssignValues } from '../AssignFields'
import dialogs from '../Dialogs.module.css'
import { namesOf } from './bulk'
import { type Bulk, whyNothing } from './useBulk'

interface Props {
  requests: Request[]
  bulk: Bulk
  onClose: () => void
}

export default function BulkAssign({ requests, bulk, onClose }: Props) {
  return (
    <Dialog title={`Assign: ${namesOf(requests)}`} onClose={onClose}>
      <AssignForm {...{ requests, bulk, onClose }} />
    </Dialog>
  )
}

function AssignForm({ requests, bulk, onClose }: Props) {
  const [message, setMessage] = useState<string | null>(null)
  const form = useForm<AssignValues>({ initialValues: { engineerId: '', estimatedHours: '' } })
  const submit = form.onSubmit(async ({ engineerId, estimatedHours }) => {
    setMessage(null)
    const assign = { engineerId, estimatedHours: toNumber(estimatedHours) }
    try {
      const why = whyNothing(await bulk.attempt(requests, { assign }))
      if (why) setMessage(why)
      else onClose()
    } catch (error) {
      const names = ['assign.engineerId', 'assign.estimatedHours']
      const { fields, form: rest } = toFormErrors(error, names)
      form.setErrors({
        engineerId: fields['assign.engineerId'],
        estimatedHours: fields['assign.estimatedHours'],
      })
      setMessage(rest)
    }
  })
  return (
    <form className={dialogs.form} onSubmit={submit} noValidate>
      <AssignFields form={form} hoursNote={requests.length > 1 && 'Of each request.'} />
      <FormMessage>{message}</FormMessage>
      <div className={dialogs.buttons}>
        <Button variant="default" onClick={onClose}>
          Back
        </Button>
        <Button type="submit" loading={bulk.isPending}>
          Assign
        </Button>
      </div>
    </form>
  )
}
