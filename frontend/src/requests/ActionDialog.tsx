import { Button, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { toFormErrors } from '../api/problem'
import type { Action, Actionable, Activity, RequestDetail } from '../api/types'
import { DraftHint } from '../drafts/DraftHint'
import { useDraft } from '../drafts/useDraft'
import { Dialog } from '../ui/Dialog'
import { toNumber } from '../ui/number'
import { FormMessage } from '../ui/States'
import { reasonLabelOf, verbOf } from './actionLabels'
import classes from './Dialogs.module.css'
import { StatusMark } from './Marks'
import { Meanwhile } from './Meanwhile'
import { Question } from './Question'
import { useMove } from './useMove'

interface Typed {
  reason: string
  suggestedHours: string
}

const nothing: Typed = { reason: '', suggestedHours: '' }

const draftOf = (request: Actionable, action: Action) =>
  `move:${request.id}:${action.name}` as const

interface Props {
  request: Actionable
  log: Activity[]
  action: Action
  /** Another move is to be made with the same reason. */
  onAction: (action: Action) => void
  /** Called with what the request is now, before the dialog closes. */
  onDone?: (request: RequestDetail) => void
  onClose: () => void
}

export default function ActionDialog(props: Props) {
  return (
    <Dialog title={`${verbOf(props.action.name)}: ${props.request.key}`} onClose={props.onClose}>
      <ReasonForm {...props} />
    </Dialog>
  )
}

function ReasonForm({ request, log, action, onAction, onDone, onClose }: Props) {
  const [opened] = useState(request)
  const [message, setMessage] = useState<string | null>(null)
  const draft = useDraft<Typed>(draftOf(request, action))
  const form = useForm<Typed>({
    initialValues: draft.found ?? nothing,
    onValuesChange: (typed) =>
      typed.reason || typed.suggestedHours ? draft.keep(typed) : draft.drop(),
  })
  const takesHours = action.name === 'discuss'
  const { move, goingTo } = useMove({
    onDone: (moved) => {
      draft.drop()
      onDone?.(moved)
      onClose()
    },
    onRefused: (error, isShown) => {
      if (isShown) return
      const { fields, form: rest } = toFormErrors(error, ['reason', 'suggestedHours'])
      form.setErrors(fields)
      setMessage(rest)
    },
  })
  const submit = form.onSubmit(({ reason, suggestedHours }) => {
    setMessage(null)
    const hours = takesHours && suggestedHours ? { suggestedHours: toNumber(suggestedHours) } : {}
    move(request, action, { reason, ...hours })
  })
  const open = request.actions.filter(({ allowed, needsReason }) => allowed && needsReason)
  const isOpen = open.some(({ name }) => name === action.name)
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <p className={classes.lead}>
        Moves the request to <StatusMark status={action.to} />
      </p>
      {action.name === 'give_information' && <Question request={request} />}
      <Textarea
        label={reasonLabelOf(action.name)}
        description="Everybody who may see the request can read it."
        autosize
        minRows={3}
        maxRows={12}
        data-autofocus
        dir="auto"
        {...form.getInputProps('reason')}
      />
      {takesHours && (
        <TextInput
          label="Suggested hours (optional)"
          inputMode="numeric"
          autoComplete="off"
          w={200}
          {...form.getInputProps('suggestedHours')}
        />
      )}
      <Meanwhile seen={opened} {...{ request, log }} />
      {!isOpen && (
        <Others
          open={open}
          onPick={(other) => {
            draft.moveTo(draftOf(request, other))
            onAction(other)
          }}
        />
      )}
      <FormMessage>{message}</FormMessage>
      <div className={classes.buttons}>
        <DraftHint
          draft={draft}
          onTake={form.setValues}
          onDiscard={() => form.setValues(nothing)}
        />
        <Button variant="default" onClick={onClose}>
          Back
        </Button>
        <Button type="submit" loading={goingTo !== null} disabled={!isOpen}>
          {verbOf(action.name)}
        </Button>
      </div>
    </form>
  )
}

/** The move is not open any more; the reason that was typed may serve another. */
function Others({ open, onPick }: { open: Action[]; onPick: (action: Action) => void }) {
  return (
    <div className={classes.lead}>
      <p>This move is not open any more. What you typed stays here; you can use it for another.</p>
      {open.map((action) => (
        <Button key={action.name} size="xs" variant="default" onClick={() => onPick(action)}>
          {verbOf(action.name)}
        </Button>
      ))}
    </div>
  )
}
