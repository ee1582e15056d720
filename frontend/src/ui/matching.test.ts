import { expect, it } from 'vitest'
import { matches } from './matching'

it.each([
  ['Go to Home', 'ho'],
  ['Tomasz Wójcik', 'wojcik tom'],
  ['Müller', 'mul'],
  ['Anything', ''],
])('%s is meant by %j', (text, typed) => expect(matches(text, typed)).toBe(true))

it.each([
  ['Go to Home', 'ome'],
  ['Tomasz Wójcik', 'tomasz x'],
])('%s is not meant by %j', (text, typed) => expect(matches(text, typed)).toBe(false))
