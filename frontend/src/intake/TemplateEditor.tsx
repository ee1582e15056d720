import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import { messageOf } from '../api/problem'
import type { StudyField, Template } from '../api/types'
import { useFirstFocus } from '../ui/useFirstFocus'
import { contentOf, isEmpty, type Values } from './content'
import classes from './Intake.module.css'

interface Props {
  templates: Template[]
  values: Values
  fields: readonly StudyField[]
  onDone: () => void
}

/** For managers: what stands in the form becomes a template, and those that there are can go. */
export default function TemplateEditor({ templates, values, fields, onDone }: Props) {
  const place = useFirstFocus<HTMLDivElement>()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [message, setMessage] = useState<string | null>(null)
  const same = templates.find((one) => one.name.toLowerCase() === name.trim().toLowerCase())
  const attempt = async (call: Promise<unknown>) => {
    setMessage(null)
    try {
      await call
      await client.invalidateQueries({ queryKey: ['get', '/api/templates'] })
      return true
    } catch (error) {
      setMessage(messageOf(error))
      return false
    }
  }
  const save = async () => {
    // A day passes; the next request has another.
    const { dueDate: _, ...content } = contentOf(values, fields)
    const path = { template_id: same?.id ?? '' }
    const isDone = await attempt(
      same
        ? api.PATCH('/api/templates/{template_id}', { params: { path }, body: { content } })
        : api.POST('/api/templates', { body: { name, content } }),
    )
    if (isDone) onDone()
  }
  const remove = ({ id }: Template) =>
    attempt(api.DELETE('/api/templates/{template_id}', { params: { path: { template_id: id } } }))
  return (
    <div ref={place} className={classes.editor}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <TextInput
          label="Save what is filled in as"
          autoComplete="off"
          maxLength={100}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" size="xs" disabled={!name.trim() || isEmpty(values)}>
          {same ? 'Replace template' : 'Save template'}
        </Button>
        {isEmpty(values) && <p className={classes.why}>Fill in the form first.</p>}
      </form>
      {message && <p role="alert">{message}</p>}
      {templates.length > 0 && (
        <ul className={classes.drafts}>
          {templates.map((template) => (
            <li key={template.id}>
              <bdi title={template.name}>{template.name}</bdi>
              <button type="button" className={classes.plain} onClick={() => remove(template)}>
                Delete<span className={classes.spoken}> {template.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
