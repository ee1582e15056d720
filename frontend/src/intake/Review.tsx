import { usePeople } from '../requests/usePeople'
import { tagsOf } from './content'
import classes from './Intake.module.css'
import type { RequestForm } from './useRequestForm'

/** All that will be sent, once more, with what is still needed. */
export function Review({ request: { form, fields, type } }: { request: RequestForm }) {
  const { title, description, vendor, priority, typed, dueDate, tags } = form.values
  const people = usePeople(fields.some(({ kind }) => kind === 'person')) ?? []
  const personName = (id: string) => people.find((person) => person.id === id)?.name ?? id
  const needed = [
    { label: 'What it is called', text: title },
    { label: 'What it says', text: description },
    { label: 'Whose robots', text: vendor },
  ]
  const data = fields.map(({ name, label, kind, unit, required }) => {
    const text = typed[name] ?? ''
    const isPlain = kind === 'number' && unit && /^[\d.,e+-]+$/i.test(text.trim())
    const shown = kind === 'person' && text ? personName(text) : isPlain ? `${text} ${unit}` : text
    return { label, text: shown, isOptional: required !== 'submission' }
  })
  const rows = [
    ...needed.map((row) => ({ ...row, isOptional: false })),
    { label: 'How urgent', text: priority, isOptional: true },
    { label: 'Kind of study', text: type?.name ?? '', isOptional: true },
    ...data,
    { label: 'Due', text: dueDate, isOptional: true },
    { label: 'Tagged', text: tagsOf(tags).join(', '), isOptional: true },
  ]
  return (
    <dl className={classes.review}>
      {rows
        .filter(({ text, isOptional }) => !isOptional || text.trim() !== '')
        .map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd dir="auto">{text.trim() || <em>Still needed</em>}</dd>
          </div>
        ))}
    </dl>
  )
}
