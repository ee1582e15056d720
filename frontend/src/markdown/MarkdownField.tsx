import { Textarea, type TextareaProps, UnstyledButton } from '@mantine/core'
import { type ClipboardEvent, lazy, Suspense, useId, useRef, useState } from 'react'
import { insertText } from './insert'
import classes from './MarkdownField.module.css'
import { pastedTable } from './pastedTable'
import { type TypedMention, typedMention } from './typedMention'

const Preview = lazy(() => import('./Preview'))
const MentionOptions = lazy(() => import('./MentionOptions'))

/** A text field for Markdown: tables come in from a spreadsheet, people by `@`, and a look at what it will be. */
export function MarkdownField({ label, description, ...props }: TextareaProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [previewing, setPreviewing] = useState(false)
  const [mention, setMention] = useState<TypedMention | null>(null)
  const [option, setOption] = useState<string | null>(null)
  const options = useId()
  const value = String(props.value ?? '')
  const follow = () => {
    const { current } = field
    setMention(current && typedMention(current.value, current.selectionEnd))
  }
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const table = pastedTable(event.clipboardData.getData('text/plain'))
    if (table === null) return
    event.preventDefault()
    const begins = value.slice(0, event.currentTarget.selectionStart)
    const gap =
      begins === '' || begins.endsWith('\n\n') ? '' : begins.endsWith('\n') ? '\n' : '\n\n'
    insertText(event.currentTarget, `${gap}${table}\n`)
  }
  return (
    <div className={classes.field}>
      <UnstyledButton
        className={classes.toggle}
        aria-pressed={previewing}
        disabled={value.trim() === '' && !previewing}
        onClick={() => setPreviewing(!previewing)}
      >
        Preview
      </UnstyledButton>
      <Textarea
        ref={field}
        label={label}
        description={description}
        dir="auto"
        onPaste={paste}
        onInput={follow}
        onClick={follow}
        onBlur={() => setMention(null)}
        aria-autocomplete="list"
        aria-controls={mention ? options : undefined}
        aria-activedescendant={(mention && option) || undefined}
        {...props}
        className={previewing ? classes.hidden : undefined}
      />
      <Suspense>
        {mention && field.current && !previewing && (
          <MentionOptions
            id={options}
            field={field.current}
            mention={mention}
            onOption={setOption}
            onDone={() => setMention(null)}
          />
        )}
        {previewing && <Preview label={label} text={value} />}
      </Suspense>
    </div>
  )
}
