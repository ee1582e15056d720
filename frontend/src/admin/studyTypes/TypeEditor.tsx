import { Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { StudyType } from '../../api/types'
import { DraftHint } from '../../drafts/DraftHint'
import { targetWords } from '../../study/criteriaWords'
import { sentTarget } from '../../study/TargetFields'
import { FormMessage } from '../../ui/States'
import { CriterionInputs } from './CriterionInputs'
import { FieldInputs } from './FieldInputs'
import { Preview } from './Preview'
import { Rows } from './Rows'
import classes from './StudyTypes.module.css'
import { fieldOf, nameFrom, newCriterion, newField, type TypedCriterion } from './typed'
import { summaryOf } from './typeWords'
import { useTypeEdit } from './useTypeEdit'

interface Props {
  /** A new one without it. */
  type: StudyType | undefined
  types: readonly StudyType[]
}

/** A type of study, its form and its criteria, beside what people will see of it. */
export function TypeEditor({ type, types }: Props) {
  const edit = useTypeEdit(type, types)
  const { form, theirs } = edit
  const { values } = form
  const place = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (!edit.message) return
    const wrong = place.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong]')
    wrong?.focus({ preventScroll: true })
    wrong?.scrollIntoView({ block: 'center' })
  }, [edit.message])
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    edit.save()
  }
  return (
    <div className={classes.editor}>
      <form ref={place} className={classes.form} onSubmit={submit} noValidate>
        <div className={classes.grid}>
          <TextInput label="Name" autoComplete="off" dir="auto" {...form.getInputProps('name')} />
          {!type && (
            <TextInput
              label="Short name"
              description="In addresses and filters. It stays as it is."
              inputWrapperOrder={['label', 'input', 'error', 'description']}
              autoComplete="off"
              placeholder={nameFrom(values.name, '-')}
              {...form.getInputProps('id')}
            />
          )}
          <TextInput
            label="Position"
            description="The lowest comes first."
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            autoComplete="off"
            inputMode="numeric"
            {...form.getInputProps('position')}
          />
        </div>
        <Textarea
          label="Description"
          autosize
          minRows={2}
          dir="auto"
          {...form.getInputProps('description')}
        />
        <Checkbox
          label="In use: new requests can have this type"
          {...form.getInputProps('active', { type: 'checkbox' })}
        />
        <Rows
          form={form}
          list="fields"
          title="Fields"
          noun="field"
          make={newField}
          empty="A field is one thing that a request of this type tells."
          nameOf={({ label }) => label}
          summaryOf={(field) => summaryOf(fieldOf(field))}
          inputs={(at) => <FieldInputs form={form} at={at} />}
        />
        <Rows
          form={form}
          list="criteria"
          title="Criteria"
          noun="criterion"
          make={newCriterion}
          empty="A criterion is proposed to each new request of this type."
          nameOf={({ name }) => name}
          summaryOf={criterionWords}
          inputs={(at) => <CriterionInputs form={form} at={at} />}
        />
        {theirs && (
          <FormMessage>
            Somebody else has saved version {theirs.version} meanwhile. Take it and lose what you
            changed, or save yours in its place.
          </FormMessage>
        )}
        <FormMessage>{edit.message}</FormMessage>
        <div className={classes.buttons}>
          <Button
            type={theirs ? 'button' : 'submit'}
            loading={edit.isSaving}
            onClick={theirs ? edit.saveAnyway : undefined}
          >
            {theirs ? 'Save mine anyway' : 'Save type'}
          </Button>
          {(edit.draft.isKept || theirs) && (
            <Button variant="default" onClick={edit.discard}>
              {theirs ? 'Take theirs' : 'Discard changes'}
            </Button>
          )}
          <DraftHint draft={edit.draft} onTake={edit.take} />
        </div>
        <p className={classes.note}>
          Requests that there are keep the form and the criteria that they were given.
        </p>
      </form>
      <Preview fields={values.fields} />
    </div>
  )
}

function criterionWords(typed: TypedCriterion): string {
  const target = sentTarget(typed)
  const isWhole = typeof target.target === 'number'
  const words = isWhole || typed.comparison === 'judged' ? targetWords(target) : 'no target yet'
  return typed.required ? words : `${words} · optional`
}
