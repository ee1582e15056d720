import { UnstyledButton } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { Activity } from '../api/types'
import { changedBy } from './changedBy'
import classes from './EditConflict.module.css'
import type { RequestField, RequestValues } from './RequestFields'
import type { Conflict } from './useEdit'

interface Props {
  conflict: Conflict
  log: Activity[]
  form: UseFormReturnType<RequestValues>
}

/** Who has saved at the foot of a long form must see what came of it. */
const reveal = (node: HTMLElement | null) => node?.scrollIntoView({ block: 'start' })

/** Theirs beside mine, field by field. The form below holds what is chosen, and can be edited further. */
export function EditConflict({ conflict, log, form }: Props) {
  return (
    <div ref={reveal} role="alert" className={classes.conflict}>
      <p>
        Somebody else changed this request while you were editing. Nothing of yours is lost: choose
        what to keep, edit it below if you like, then save.
      </p>
      {conflict.fields.map((field) => (
        <section key={field} className={classes.field}>
          <h3 id={`both-${field}`} className={classes.name}>
            {field}
          </h3>
          <Version
            field={field}
            verb="Use theirs"
            text={conflict.theirs[field]}
            by={changedBy(log, field) ?? 'Theirs'}
            form={form}
          />
          <Version field={field} verb="Use mine" text={conflict.mine[field]} by="You" form={form} />
        </section>
      ))}
    </div>
  )
}

interface VersionProps {
  field: RequestField
  verb: string
  text: string
  by: string
  form: UseFormReturnType<RequestValues>
}

function Version({ field, verb, text, by, form }: VersionProps) {
  const isChosen = form.values[field] === text
  return (
    <div className={classes.version} data-chosen={isChosen || undefined}>
      <div className={classes.head}>
        <span dir="auto">{by}</span>
        <UnstyledButton
          className={classes.use}
          aria-pressed={isChosen}
          aria-describedby={`both-${field}`}
          onClick={() => form.setFieldValue(field, text)}
        >
          {verb}
        </UnstyledButton>
      </div>
      <div className={classes.text} dir="auto">
        {text}
      </div>
    </div>
  )
}
