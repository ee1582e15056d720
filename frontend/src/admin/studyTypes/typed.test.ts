import { expect, test } from 'vitest'
import type { StudyType } from '../../api/types'
import { fieldOf, nameFrom, newField, sentOf, typedOf } from './typed'

const type: StudyType = {
  id: 'reach',
  name: 'Reach',
  description: '',
  active: true,
  position: 10,
  version: 3,
  fields: [
    {
      name: 'payload',
      label: 'Payload',
      kind: 'number',
      required: 'submission',
      vendor: 'FANUC',
      unit: 'kg',
      minimum: 0,
      maximum: null,
      choices: [],
      help: 'With the tool.',
    },
  ],
  criteria: [
    { name: 'Cycle', comparison: '<=', target: 55, upper: null, unit: 's', required: true },
  ],
}

test('a type that nobody touched is sent as it came', () => {
  const { id: _, version: __, ...same } = type
  expect(sentOf(typedOf(type))).toEqual(same)
})

test('what belongs to another kind stays behind, and a choice is a line with words', () => {
  const typed = { ...newField(), unit: 'kg', minimum: '1', choices: ' A \n\nB' }
  expect(fieldOf(typed)).toMatchObject({ unit: null, minimum: null, choices: [] })
  expect(fieldOf({ ...typed, kind: 'choice' }).choices).toEqual(['A', 'B'])
  expect(fieldOf({ ...typed, kind: 'number' })).toMatchObject({ unit: 'kg', minimum: 1 })
})

test('what is no number goes to the server, which says so', () => {
  expect(fieldOf({ ...newField(), kind: 'number', minimum: 'few' }).minimum).toBe('few')
})

test('a name is made of what people read', () => {
  expect(nameFrom('3D layout: Größe (m²)', '_')).toBe('d_layout_gro_e_m2')
  expect(nameFrom('Reach study', '-')).toBe('reach-study')
})
