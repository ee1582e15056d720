import { Button, Textarea } from '@mantine/core'
import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react'
import type { Activity, RequestDetail } from '../api/types'
import { DraftHint } from '../drafts/DraftHint'
import { MarkdownField } from '../markdown/MarkdownField'
import { FormMessage } from '../ui/States'
import { EditConflict } from './EditConflict'
import classes from './TextEdit.module.css'
import { useEdit } from './useEdit'

interface Props {
  request: RequestDetail
  log: Activity[]
  field: 'title' | 'description'
  /** What is replaced by the field: it still stands there when this is first drawn. */
  place: RefObject<HTMLElement | null>
  /** Where the text was clicked. */
  at: [x: number, y: number] | null
  onDone: () => void
}

const LINE = 22.4
const unmoved = { preventScroll: true }

/** The place in the source of what was clicked in the text that was made of it. */
function caretAt([x, y]: [number, number], source: string): number {
  const at = document.caretPositionFromPoint?.(x, y)
  const words = at?.offsetNode.nodeValue?.split('\n')[0]
  const begin = words ? source.indexOf(words) : -1
  return at && begin >= 0 ? begin + at.offset : source.length
}

/** The title or the description, edited where it stands: the text does not move, nor does what is above. */
export default function TextEdit({ request, log, field, place, at, onDone }: Props) {
  const { form, conflict, message, draft, take, isSaving, submit, discard } = useEdit(
    request,
    onDone,
    field,
  )
  const [caret] = useState(() => (at ? caretAt(at, request[field]) : request[field].length))
  const [rows] = useState(() => Math.round((place.current?.offsetHeight ?? 0) / LINE))
  const goesOn = at === null && draft.found !== undefined
  useEffect(() => {
    const field = place.current?.querySelector('textarea')
    // What a reload brings back takes no focus.
    if (!field || (goesOn && document.activeElement === document.body)) return
    field.focus(unmoved)
    field.setSelectionRange(caret, caret)
  }, [place, caret, goesOn])
  const onKeyDown = (event: KeyboardEvent) => {
    const isSent = event.key === 'Enter' && (event.ctrlKey || event.metaKey || field === 'title')
    if (isSent && !event.nativeEvent.isComposing) {
      event.preventDefault()
      submit()
    }
    if (event.key === 'Escape') {
      event.stopPropagation()
      onDone()
    }
  }
  const overrides = conflict?.fields.some((one) => form.values[one] !== conflict.theirs[one])
  return (
    <form className={classes.form} onSubmit={submit} onKeyDown={onKeyDown} noValidate>
      {conflict && <EditConflict {...{ conflict, log, form }} />}
      {field === 'title' ? (
        <Textarea
          aria-label="Title"
          autosize
          minRows={1}
          autoComplete="off"
          dir="auto"
          classNames={{ input: classes.title }}
          {...form.getInputProps('title')}
        />
      ) : (
        <div className={classes.description}>
          <MarkdownField
            label="Description"
            autosize
            classNames={{ label: classes.label, input: classes.source }}
            minRows={Math.max(3, rows)}
            maxRows={Math.max(24, rows)}
            {...form.getInputProps('description')}
          />
        </div>
      )}
      <div className={`${classes.buttons} ${field === 'title' ? classes.over : ''}`}>
        <FormMessage>{message}</FormMessage>
        <Button type="submit" size="xs" loading={isSaving}>
          {overrides ? 'Save mine anyway' : 'Save'}
        </Button>
        <Button variant="default" size="xs" onClick={discard}>
          Discard
        </Button>
        <DraftHint draft={draft} onTake={take} />
        <span className={classes.keys}>
          <kbd>Esc</kbd> closes
        </span>
      </div>
    </form>
  )
}
