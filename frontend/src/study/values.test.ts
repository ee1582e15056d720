import { expect, test } from 'vitest'
import type { RequestForm, StudyField } from '../api/types'
import { dataOf, fieldsFor, typedOf } from './values'

const plain = { help: '', choices: [], minimum: null, maximum: null, unit: null, vendor: null }
const robot: StudyField = {
  ...plain,
  name: 'robot',
  label: 'Robot',
  kind: 'text',
  required: 'submission',
}
const payload: StudyField = {
  ...plain,
  name: 'payload',
  label: 'Payload',
  kind: 'number',
  unit: 'kg',
  required: 'never',
}

test.each(['FANUC', 'Fanuc', ' fanuc\u00a0'])('fields for a vendor are found as %j', (spelt) => {
  const own = { ...payload, name: 'axes', vendor: 'Fanuc' }
  expect(fieldsFor([own], spelt)).toEqual([own])
  expect(fieldsFor([own], 'Fanuc America')).toEqual([])
})

test('a field for the vendor alone stands in for one for all, in the order of the form', () => {
  const general = { ...robot, name: 'controller' }
  const fanuc = { ...general, vendor: 'FANUC' }
  const all = [robot, general, fanuc, payload, { ...payload, name: 'axes', vendor: 'KUKA' }]
  expect(fieldsFor(all, 'FANUC')).toEqual([robot, fanuc, payload])
  expect(fieldsFor(all, 'ABB')).toEqual([robot, general, payload])
})

test('a number is sent with another unit where one was typed, and what is none as it is', () => {
  const sent = (typed: string) => dataOf([payload], { payload: typed }).payload
  expect(sent(' 120 ')).toBe(120)
  expect(sent('0.12 t')).toEqual({ value: 0.12, unit: 't' })
  expect(sent('1e3')).toBe(1000)
  expect(sent('-5kg')).toEqual({ value: -5, unit: 'kg' })
  expect(sent('12,5')).toBe('12,5')
  expect(sent('  ')).toBe(null)
})

test('only what has become another is sent, and what was emptied as nothing', () => {
  const fields = [robot, payload]
  const before = { robot: 'R-2000iC', payload: '100' }
  expect(dataOf(fields, { ...before, payload: '' }, before)).toEqual({ payload: null })
  expect(dataOf(fields, before, before)).toEqual({})
})

test('a value stands in its field as it was typed', () => {
  const value = { label: 'Payload', kind: 'number' as const, value: 120000, text: '' }
  const form = (unit: string): RequestForm => ({
    studyType: 'reach',
    fields: [robot, payload],
    values: { payload: { ...value, unit } },
    missing: [],
  })
  expect(typedOf(form('g'))).toEqual({ robot: '', payload: '120000 g' })
  expect(typedOf(form('kg')).payload).toBe('120000')
})
