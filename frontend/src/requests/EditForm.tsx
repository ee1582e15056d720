import { Button } from '@mantine/core'
import type { Activity, RequestDetail } from '../api/types'
import { DraftHint } from '../drafts/DraftHint'
import { FormMessage } from '../ui/States'
import { EditConflict } from './EditConflict'
import { RequestFields } from './RequestFields'
import layout from './RequestFields.module.css'
import { useEdit } from './useEdit'

interface Props {
  request: RequestDetail
  log: Activity[]
  onDone: () => void
}

export default function EditForm({ request, log, onDone }: Props) {
  const { form, conflict, message, draft, take, isSaving, submit, discard } = useEdit(
    request,
    onDone,
  )
  const overrides = conflict?.fields.some((field) => form.values[field] !== conflict.theirs[field])
  return (
    <form className={layout.form} onSubmit={submit} noValidate>
      {conflict && <EditConflict {...{ conflict, log, form }} />}
      <RequestFields form={form} />
      <FormMessage>{message}</FormMessage>
      <div className={layout.buttons}>
        <Button type="submit" loading={isSaving}>
          {overrides ? 'Save mine anyway' : 'Save changes'}
        </Button>
        <Button variant="default" onClick={discard}>
          Discard
        </Button>
        <DraftHint draft={draft} onTake={take} />
      </div>
    </form>
  )
}
