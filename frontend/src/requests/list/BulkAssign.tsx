import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { $api } from '../../api/client'
import type { Request } from '../../api/types'
import { Dialog } from '../../ui/Dialog'
import { toNumber } from '../../ui/number'
import dialogs from '../Dialogs.module.css'
import type { Bulk } from './useBulk'

interface Props {
  requests: Request[]
  bulk: Bulk
  onClose: () => void
}

export default function BulkAssign({ requests, bulk, onClose }: Props) {
  const what = requests.length === 1 ? requests[0]?.key : `${requests.length} requests`
  return (
    <Dialog title={`Assign: ${what}`} onClose={onClose}>
      <AssignForm {...{ requests, bulk, onClose }} />
    </Dialog>
  )
}

function AssignForm({ requests, bulk, onClose }: Props) {
  const engineers = $api.useQuery('get', '/api/users', { params: { query: { role: 'ENGINEER' } } })
  const form = useForm({
    initialValues: { engineerId: '', estimatedHours: '' },
    validate: {
      engineerId: (value) => (value ? null : 'Choose an engineer.'),
      estimatedHours: (value) => (value.trim() ? null : 'Say how many hours.'),
    },
  })
  const submit = form.onSubmit(({ engineerId, estimatedHours }) => {
    onClose()
    bulk.change(requests, { assign: { engineerId, estimatedHours: toNumber(estimatedHours) } })
  })
  const options = (engineers.data?.users ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <form className={dialogs.form} onSubmit={submit} noValidate>
      <NativeSelect
        label="Engineer"
        data-autofocus
        disabled={engineers.isPending}
        data={[{ value: '', label: engineers.isPending ? 'Loading …' : 'Choose …' }, ...options]}
        {...form.getInputProps('engineerId')}
      />
      <TextInput
        label="Estimated hours"
        description="Of each request."
        inputMode="numeric"
        autoComplete="off"
        w={200}
        {...form.getInputProps('estimatedHours')}
      />
      <div className={dialogs.buttons}>
        <Button variant="default" onClick={onClose}>
          Back
        </Button>
        <Button type="submit">Assign</Button>
      </div>
    </form>
  )
}
