import { Button } from '@mantine/core'
import type { RequestDetail, RequestForm } from '../api/types'
import { DraftHint } from '../drafts/DraftHint'
import { FormMessage } from '../ui/States'
import classes from './Study.module.css'
import { StudyFields } from './StudyFields'
import { StudyTypeField } from './StudyTypeField'
import { useDataEdit } from './useDataEdit'

interface Props {
  request: RequestDetail
  form: RequestForm
  onDone: () => void
}

export default function DataForm({ request, form, onDone }: Props) {
  const edit = useDataEdit(request, form, onDone)
  return (
    <form className={classes.form} onSubmit={edit.submit} noValidate>
      {request.canEdit && (
        <StudyTypeField
          value={edit.studyType}
          onChange={edit.setStudyType}
          error={edit.errors.studyType}
        />
      )}
      <StudyFields
        fields={edit.fields}
        values={edit.typed}
        onChange={edit.type}
        errors={edit.errors}
      />
      <FormMessage>{edit.message}</FormMessage>
      <div className={classes.buttons}>
        <Button type="submit" loading={edit.isSaving}>
          Save data
        </Button>
        <Button variant="default" onClick={edit.discard}>
          Discard
        </Button>
        <DraftHint draft={edit.draft} onTake={edit.take} />
      </div>
    </form>
  )
}
