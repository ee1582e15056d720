// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { newKey, retriedSafely } from '../api/once'
import { ApiError } from '../api/problem'
import { cleanDrafts, draftKey, readDraft, removeDraft, submissionOf, writeDraft } from './drafts'

const DAY = 24 * 3_600_000

beforeEach(() => localStorage.clear())

describe('drafts', () => {
  it('belong to one person and one place', () => {
    expect(writeDraft('alice', 'comment:7', { at: 1, value: 'words' })).toBe(true)
    expect(readDraft('alice', 'comment:7')?.value).toBe('words')
    expect(readDraft('bob', 'comment:7')).toBeNull()
    expect(readDraft('alice', 'comment:8')).toBeNull()
    removeDraft('alice', 'comment:7')
    expect(readDraft('alice', 'comment:7')).toBeNull()
  })

  it('that are old or damaged are cleaned, and nothing else is', () => {
    const now = 100 * DAY
    writeDraft('alice', 'new', { at: now - 31 * DAY, value: 'old' })
    writeDraft('bob', 'new', { at: now - 29 * DAY, value: 'young' })
    localStorage.setItem(draftKey('bob', 'edit:7'), '{"at":')
    localStorage.setItem('sim-flow-requests', '[]')
    cleanDrafts(now)
    expect(Object.keys(localStorage).sort()).toEqual(['sim-flow-requests', draftKey('bob', 'new')])
  })

  it('are not claimed to be kept where the browser refuses', () => {
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    expect(writeDraft('alice', 'new', { at: 1, value: 'words' })).toBe(false)
    full.mockRestore()
  })
})

describe('submissionOf', () => {
  it('keeps its key until the text is another', () => {
    const first = submissionOf(null, { content: 'A' }, () => 'one')
    expect(submissionOf({ sent: first }, { content: 'A' }, () => 'two').key).toBe('one')
    expect(submissionOf({ sent: first }, { content: 'B' }, () => 'two').key).toBe('two')
  })
})

describe('sending again', () => {
  it('only where nobody knows whether it was done, and not for ever', () => {
    const retries = (status: number, failures: number) =>
      retriedSafely.retry(failures, new ApiError(status, {}))
    expect([0, 502, 503, 504].map((status) => retries(status, 0))).toEqual([true, true, true, true])
    expect([400, 401, 409, 422, 500].some((status) => retries(status, 0))).toBe(false)
    expect(retries(0, 3)).toBe(false)
  })

  it('makes keys also where the browser has no randomUUID', () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
    expect(newKey()).toMatch(/^[0-9a-f]{32}$/)
    expect(newKey()).not.toBe(newKey())
    vi.unstubAllGlobals()
  })
})
