import { Button } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useEffect, useRef, useState } from 'react'
import { useIsNarrow, useIsPhone } from '../app/useWidth'
import { RequestFields, type RequestValues } from '../requests/RequestFields'
import { StudyFields } from '../study/StudyFields'
import { StudyTypeField } from '../study/StudyTypeField'
import { FormMessage } from '../ui/States'
import { BeginWith } from './BeginWith'
import { DraftState } from './DraftState'
import { Extras } from './Extras'
import classes from './Intake.module.css'
import { Review } from './Review'
import { SimilarRequests } from './SimilarRequests'
import type { Beginning, useBeginning } from './useBeginning'
import { type RequestForm, useRequestForm } from './useRequestForm'

interface Props {
  draft: ReturnType<typeof useBeginning>['draft']
  beginning: Beginning
}

/** All on one page; on a phone, where a type of study asks for data, in steps. Who needs no type needs no step. */
export function NewRequestForm({ draft, beginning }: Props) {
  const request = useRequestForm(draft, beginning)
  const isNarrow = useIsNarrow()
  const inSteps = useIsPhone() && request.fields.length > 0
  const [step, setStep] = useState(0)
  const at = inSteps ? step : 0
  return (
    <div className={classes.page}>
      <form className={classes.form} onSubmit={request.submit} noValidate>
        {inSteps && <StepHeading at={at} />}
        {at === 0 && <About request={request} isWhole={isNarrow} />}
        {(inSteps ? at === 1 : request.fields.length > 0) && <Data request={request} />}
        {inSteps && at === 2 && <Review request={request} />}
        <FormMessage>{request.message}</FormMessage>
        <Buttons request={request} at={at} inSteps={inSteps} onStep={setStep} />
        <DraftState held={request.held} onDiscard={request.discard} onResolve={request.resolve} />
      </form>
      {at === 0 && (
        <aside className={classes.side} aria-label="More about the request">
          {!isNarrow && <TypeOfStudy request={request} />}
          {!isNarrow && <Extras form={request.form} />}
          <SimilarRequests {...request.form.values} />
          <BeginWith
            values={request.form.values}
            fields={request.fields}
            openId={request.held.id}
          />
        </aside>
      )}
    </div>
  )
}

const steps = ['What it is about', 'Simulation data', 'Review and send']

function StepHeading({ at }: { at: number }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const [first] = useState(at)
  useEffect(() => {
    if (at === first) return
    heading.current?.focus()
    window.scrollTo({ top: 0 })
  }, [at, first])
  return (
    <div>
      <p className={classes.count}>
        Step {at + 1} of {steps.length}
      </p>
      <h2 ref={heading} tabIndex={-1} className={classes.step}>
        {steps[at]}
      </h2>
    </div>
  )
}

function TypeOfStudy({ request: { form } }: { request: RequestForm }) {
  return (
    <StudyTypeField
      value={form.values.studyType}
      onChange={(studyType) => form.setFieldValue('studyType', studyType)}
      error={form.errors.studyType}
    />
  )
}

/** Where nothing fits beside it, it has all that is asked: nobody looks for more below the button that sends. */
function About({ request, isWhole }: { request: RequestForm; isWhole: boolean }) {
  return (
    <>
      {isWhole && <TypeOfStudy request={request} />}
      <RequestFields form={request.form as unknown as UseFormReturnType<RequestValues>} />
      {isWhole && <Extras form={request.form} />}
    </>
  )
}

function Data({ request: { form, fields, type } }: { request: RequestForm }) {
  return (
    <section className={classes.data} aria-label={`Simulation data: ${type?.name}`}>
      <h2 className={classes.heading}>Simulation data: {type?.name}</h2>
      <StudyFields
        fields={fields}
        values={form.values.typed}
        onChange={(name, value) => {
          form.setFieldValue('typed', { ...form.values.typed, [name]: value })
          form.clearFieldError(`data.${name}`)
        }}
        errors={form.errors}
      />
    </section>
  )
}

interface ButtonsProps {
  request: RequestForm
  at: number
  inSteps: boolean
  onStep: (step: number) => void
}

function Buttons({ request, at, inSteps, onStep }: ButtonsProps) {
  const { errors } = request.form
  // What the server refuses stands in the step where it is typed.
  const wrong = Object.keys(errors).some((name) => name.startsWith('data.'))
    ? 1
    : Object.keys(errors).length > 0
      ? 0
      : null
  const told = useRef(errors)
  useEffect(() => {
    if (told.current === errors) return
    told.current = errors
    if (inSteps && wrong !== null && at === 2) onStep(wrong)
  }, [errors, inSteps, wrong, at, onStep])
  const isLast = !inSteps || at === 2
  return (
    <div className={classes.buttons}>
      {inSteps && at > 0 && (
        <Button variant="default" onClick={() => onStep(at - 1)}>
          Back
        </Button>
      )}
      {isLast ? (
        <Button key="submit" type="submit" loading={request.isSending}>
          Submit request
        </Button>
      ) : (
        <Button key="next" onClick={() => onStep(at + 1)}>
          Next: {steps[at + 1]?.toLowerCase()}
        </Button>
      )}
    </div>
  )
}
