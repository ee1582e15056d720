import type { Activity, Comment } from '../api/types'

export type TimelineEntry =
  | { kind: 'comment'; at: string; comment: Comment }
  | { kind: 'activity'; at: string; activity: Activity }

/**
 * One story, oldest first, from the comments (all of them) and as much of the log as is loaded. The
 * log's own line about a comment that stands here already says nothing new. Until the log is
 * complete, comments older than its loaded part wait, so that loading more never fills gaps below.
 */
export function mergeTimeline(
  comments: Comment[],
  log: Activity[],
  isComplete: boolean,
): TimelineEntry[] {
  const shown = new Set(comments.map((comment) => comment.id))
  const oldest = log.at(-1)?.createdAt
  const since = isComplete || oldest === undefined ? Number.NEGATIVE_INFINITY : Date.parse(oldest)
  const told = comments
    .filter((comment) => Date.parse(comment.createdAt) >= since)
    .map((comment): TimelineEntry => ({ kind: 'comment', at: comment.createdAt, comment }))
  const done = log
    .filter(
      ({ action, details }) => action !== 'commented' || !shown.has(String(details.commentId)),
    )
    .reverse()
    .map((activity): TimelineEntry => ({ kind: 'activity', at: activity.createdAt, activity }))
  return [...done, ...told].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}
