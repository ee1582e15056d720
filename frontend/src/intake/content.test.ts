import { expect, test } from 'vitest'
import type { StudyField } from '../api/types'
import { contentOf, emptyValues, isEmpty, valuesOf } from './content'

const plain = { help: '', choices: [], minimum: null, maximum: null, vendor: null } as const
const fields: StudyField[] = [
  { ...plain, name: 'robot', label: 'Robot', kind: 'text', required: 'submission', unit: null },
  { ...plain, name: 'payload', label: 'Payload', kind: 'number', required: 'never', unit: 'kg' },
].map((field) => ({ ...field, choices: [] }) as StudyField)

test('what is not told is left out', () => {
  expect(contentOf(emptyValues, [])).toEqual({ priority: 'Medium' })
  const values = { ...emptyValues, title: ' Half', tags: ' weld,, door ', typed: { robot: ' ' } }
  expect(contentOf(values, fields)).toEqual({
    title: ' Half',
    priority: 'Medium',
    tags: ['weld', 'door'],
  })
})

test('what comes back from the server stands in the form as it was typed', () => {
  const typed = { robot: 'R-2000', payload: '120 g' }
  const values = { ...emptyValues, title: 'A', studyType: 'reach', typed, dueDate: '2026-12-01' }
  const content = contentOf(values, fields)
  expect(content.data).toEqual({ robot: 'R-2000', payload: { value: 120, unit: 'g' } })
  expect(valuesOf(content)).toEqual(values)
  expect(valuesOf({})).toEqual(emptyValues)
})

test('a type or a priority alone is nothing to keep', () => {
  expect(isEmpty({ ...emptyValues, priority: 'High', studyType: 'reach', title: ' ' })).toBe(true)
  expect(isEmpty({ ...emptyValues, typed: { robot: 'R' } })).toBe(false)
})
