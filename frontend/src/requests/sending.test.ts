import { expect, it } from 'vitest'
import type { Comment, User } from '../api/types'
import { stillSending } from './sending'

const author = { id: 'me' } as User
const sent = { content: 'Hello', internal: false, submittedAt: 1_000_000, isWaiting: false }
const arrived = (changes: object) =>
  [
    {
      authorId: 'me',
      content: 'Hello',
      createdAt: new Date(1_000_500).toISOString(),
      ...changes,
    },
  ] as Comment[]

it('is told once: on its way, or where it has arrived', () => {
  expect(stillSending([sent], [], author)).toEqual([sent])
  expect(stillSending([sent], arrived({}), author)).toEqual([])
})

it.each([{ authorId: 'you' }, { content: 'Hello?' }, { createdAt: '1970-01-01T00:00:00Z' }])(
  'another comment is not this one: %o',
  (changes) => {
    expect(stillSending([sent], arrived(changes), author)).toEqual([sent])
  },
)
