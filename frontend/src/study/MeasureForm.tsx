import { Button, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { $api } from '../api/client'
import { toFormErrors } from '../api/problem'
import type { Criterion } from '../api/types'
import { DraftHint } from '../drafts/DraftHint'
import { useDraft } from '../drafts/useDraft'
import { FormMessage } from '../ui/States'
import { useFirstFocus } from '../ui/useFirstFocus'
import { targetWords } from './criteriaWords'
import { useRequestId, useShowSheet } from './queries'
import classes from './Study.module.css'
import { quantityOf } from './values'

interface Typed {
  value: string
  passed: boolean | null
  evidence: string
}

const nothing: Typed = { value: '', passed: null, evidence: '' }

interface Props {
  criterion: Criterion
  onDone: () => void
}

/** A result of this round: a value, of which the server tells the verdict, or a judgement; and what it rests on. */
export default function MeasureForm({ criterion, onDone }: Props) {
  const requestId = useRequestId()
  const show = useShowSheet()
  const draft = useDraft<Typed>(`measure:${criterion.id}`)
  const place = useFirstFocus<HTMLFormElement>(!draft.found)
  const [typed, setTyped] = useState<Typed>(draft.found ?? nothing)
  const { value, passed, evidence } = typed
  const set = (more: Partial<Typed>) => {
    setTyped({ ...typed, ...more })
    draft.keep({ ...typed, ...more })
  }
  const finish = () => {
    draft.drop()
    onDone()
  }
  const isJudged = criterion.target === null
  const measure = $api.useMutation(
    'post',
    '/api/requests/{request_id}/criteria/{criterion_id}/measurements',
    {
      meta: { inline: true },
      onSuccess: (sheet) => {
        show(sheet)
        finish()
      },
    },
  )
  const { fields, form: message } = measure.error
    ? toFormErrors(measure.error, ['value', 'unit', 'passed', 'evidence'])
    : { fields: {}, form: null }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const params = { path: { request_id: requestId, criterion_id: criterion.id } }
    const result = isJudged ? { passed } : quantityOf(value)
    measure.mutate({ params, body: { ...result, evidence: evidence.trim() || null } })
  }
  return (
    <form ref={place} className={classes.form} onSubmit={submit} noValidate>
      {isJudged ? (
        <fieldset className={classes.verdicts}>
          <legend>Is it met?</legend>
          {[true, false].map((one) => (
            <label key={String(one)}>
              <input
                type="radio"
                name={`verdict-${criterion.id}`}
                checked={passed === one}
                onChange={() => set({ passed: one })}
              />
              {one ? 'Passed' : 'Failed'}
            </label>
          ))}
          {fields.passed && <p className={classes.error}>{fields.passed}</p>}
        </fieldset>
      ) : (
        <TextInput
          label="Measured value"
          description={`Target: ${targetWords(criterion)}.`}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          autoComplete="off"
          w={260}
          value={value}
          onChange={({ currentTarget }) => set({ value: currentTarget.value })}
          rightSection={criterion.unit && <span className={classes.note}>{criterion.unit}</span>}
          rightSectionWidth={`${(criterion.unit ?? '').length + 3}ch`}
          rightSectionPointerEvents="none"
          error={fields.value ?? fields.unit}
        />
      )}
      <Textarea
        label="Evidence"
        description="A remark, or the address of a report."
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        autosize
        minRows={1}
        maxRows={8}
        value={evidence}
        onChange={({ currentTarget }) => set({ evidence: currentTarget.value })}
        error={fields.evidence}
      />
      <FormMessage>{message}</FormMessage>
      <div className={classes.buttons}>
        <Button type="submit" size="xs" loading={measure.isPending}>
          Save result
        </Button>
        <Button variant="default" size="xs" onClick={finish}>
          Discard
        </Button>
        <DraftHint draft={draft} onTake={setTyped} />
      </div>
    </form>
  )
}
