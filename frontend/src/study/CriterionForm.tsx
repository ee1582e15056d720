import { Button, Checkbox, TextInput } from '@mantine/core'
import type { Criterion } from '../api/types'
import { DraftHint } from '../drafts/DraftHint'
import type { DraftName } from '../drafts/drafts'
import { FormMessage } from '../ui/States'
import { useFirstFocus } from '../ui/useFirstFocus'
import classes from './Study.module.css'
import { TargetFields } from './TargetFields'
import { useCriterionEdit } from './useCriterionEdit'

interface Props {
  /** The one that is changed; a new one without it. */
  criterion?: Criterion
  draftName: DraftName
  onDone: () => void
}

export default function CriterionForm({ criterion, draftName, onDone }: Props) {
  const edit = useCriterionEdit(criterion, draftName, onDone)
  const place = useFirstFocus<HTMLFormElement>(!edit.draft.found)
  const { values, errors } = edit
  return (
    <form ref={place} className={classes.form} onSubmit={edit.submit} noValidate>
      <TextInput
        label="Criterion"
        autoComplete="off"
        dir="auto"
        value={values.name}
        onChange={({ currentTarget }) => edit.set({ name: currentTarget.value })}
        error={errors.name}
      />
      <TargetFields values={values} errors={errors} onChange={edit.set} />
      <Checkbox
        label="Required: without it the work cannot be completed"
        checked={values.required}
        onChange={({ currentTarget }) => edit.set({ required: currentTarget.checked })}
        error={errors.required}
      />
      {criterion && (
        <p className={classes.note}>
          A change is agreed to anew, and what was measured is open again.
        </p>
      )}
      <FormMessage>{edit.message}</FormMessage>
      <div className={classes.buttons}>
        <Button type="submit" size="xs" loading={edit.isSaving}>
          {criterion ? 'Save criterion' : 'Add criterion'}
        </Button>
        <Button variant="default" size="xs" onClick={edit.discard}>
          Discard
        </Button>
        <DraftHint draft={edit.draft} onTake={edit.take} />
        {criterion && criterion.measurements.length === 0 && (
          <Button
            variant="subtle"
            color="red"
            size="xs"
            className={classes.remove}
            loading={edit.isRemoving}
            onClick={edit.remove}
          >
            Remove criterion
          </Button>
        )}
      </div>
    </form>
  )
}
