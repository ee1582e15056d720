import { expect, it } from 'vitest'
import { typedMention } from './typedMention'

it.each([
  ['@', 0, ''],
  ['ask @bo', 4, 'bo'],
  ['(@Bob Man', 1, 'Bob Man'],
  ['@Zoë', 0, 'Zoë'],
])('in %j one is being typed', (text, start, typed) =>
  expect(typedMention(text, text.length)).toEqual({ start, typed }),
)

it.each(['', 'bob@example', 'a/@b', '@Bob. And then a lot more', 'plain', '@a b c d e'])(
  'in %j none is',
  (text) => expect(typedMention(text, text.length)).toBeNull(),
)

it('looks only at what stands before the caret', () =>
  expect(typedMention('@bo and more', 3)).toEqual({ start: 0, typed: 'bo' }))
