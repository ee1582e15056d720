import { describe, expect, it } from 'vitest'
import type { Activity, Comment } from '../api/types'
import { mergeTimeline } from './mergeTimeline'

function comment(id: string, createdAt: string): Comment {
  return {
    id,
    createdAt,
    requestId: 'r',
    authorId: 'a',
    authorName: 'Alice',
    authorRole: 'USER',
    content: id,
    internal: false,
    version: 1,
    editedAt: null,
    withdrawnAt: null,
  }
}

function entry(action: string, createdAt: string, details = {}): Activity {
  return { id: `${action}${createdAt}`, action, createdAt, details, userId: 'a', userName: 'Alice' }
}

const ids = (entries: ReturnType<typeof mergeTimeline>) =>
  entries.map((one) => (one.kind === 'comment' ? one.comment.id : one.activity.action))

describe('mergeTimeline', () => {
  const log = [
    entry('approve', '2026-03-04T10:00:00Z'),
    entry('commented', '2026-03-03T10:00:00Z', { commentId: 'c2' }),
    entry('start_review', '2026-03-02T10:00:00Z'),
  ]
  const comments = [comment('c1', '2026-03-01T10:00:00Z'), comment('c2', '2026-03-03T10:00:00Z')]

  it('tells one story, oldest first, each comment once', () => {
    expect(ids(mergeTimeline(comments, log, true))).toEqual(['c1', 'start_review', 'c2', 'approve'])
  })

  it('holds back comments from before the loaded part of the log', () => {
    expect(ids(mergeTimeline(comments, log, false))).toEqual(['start_review', 'c2', 'approve'])
  })

  it('keeps the line about a comment that is not here', () => {
    expect(ids(mergeTimeline([], log, true))).toEqual(['start_review', 'commented', 'approve'])
  })
})
