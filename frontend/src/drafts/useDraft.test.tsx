// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sessionOptions } from '../app/session'
import { draftKey, readDraft, removeDraft, writeDraft } from './drafts'
import { useDraft } from './useDraft'

const NAME = 'data:7'

function open() {
  const client = new QueryClient()
  client.setQueryData(sessionOptions.queryKey, { user: { id: 'alice' } } as never)
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  )
  return renderHook(() => useDraft<string>(NAME), { wrapper }).result
}

/** What another window does, which this one hears of afterwards. */
function elsewhere(value: string | null) {
  if (value === null) removeDraft('alice', NAME)
  else writeDraft('alice', NAME, { at: Date.now(), by: 'another window', value })
  act(() => void dispatchEvent(new StorageEvent('storage', { key: draftKey('alice', NAME) })))
}

const stored = () => readDraft<string>('alice', NAME)?.value

beforeEach(() => localStorage.clear())
afterEach(cleanup)

it('goes on from what it found, and writes over that', () => {
  elsewhere('theirs')
  const draft = open()
  expect(draft.current.found).toBe('theirs')
  act(() => draft.current.keep('mine'))
  expect([stored(), draft.current.isKept, draft.current.theirs]).toEqual(['mine', true, null])
})

it('does not write over what another window has written since, until that is chosen', () => {
  const draft = open()
  elsewhere('theirs')
  expect(draft.current.theirs).toBeNull()
  act(() => draft.current.keep('mine'))
  expect([stored(), draft.current.isKept]).toEqual(['theirs', false])
  expect(draft.current.theirs).toEqual({ value: 'theirs' })
  act(() => draft.current.keepMine())
  expect([stored(), draft.current.isKept, draft.current.theirs]).toEqual(['mine', true, null])
})

it('is told while it is open, and goes on from theirs where that is chosen', () => {
  const draft = open()
  act(() => draft.current.keep('mine'))
  elsewhere('theirs')
  expect([draft.current.theirs, draft.current.isKept]).toEqual([{ value: 'theirs' }, false])
  act(() => void draft.current.takeTheirs())
  act(() => draft.current.keep('theirs'))
  expect(readDraft('alice', NAME)?.by).toBe('another window')
  act(() => draft.current.keep('theirs and mine'))
  expect([stored(), draft.current.theirs]).toEqual(['theirs and mine', null])
})

it('leaves what the other window has written when this one is done', () => {
  const draft = open()
  act(() => draft.current.keep('mine'))
  elsewhere('theirs')
  act(() => draft.current.drop())
  expect(stored()).toBe('theirs')
})

it('is kept again when the other window is done', () => {
  const draft = open()
  elsewhere('theirs')
  act(() => draft.current.keep('mine'))
  elsewhere(null)
  expect([stored(), draft.current.theirs, draft.current.isKept]).toEqual(['mine', null, true])
})
