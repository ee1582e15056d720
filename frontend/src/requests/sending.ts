import type { Comment, User } from '../api/types'

export interface NewComment {
  content: string
  internal: boolean
}

/** A comment on its way. `isWaiting`: for the connection. */
export interface Sending extends NewComment {
  submittedAt: number
  isWaiting: boolean
}

/** Clocks differ; a person does not say the same twice within this time. */
const TOLERANCE = 120_000

/** Those that are not in the timeline yet: a live event may be faster than the answer to its cause. */
export function stillSending(sending: Sending[], comments: Comment[], author: User): Sending[] {
  return sending.filter(
    ({ content, submittedAt }) =>
      !comments.some(
        (comment) =>
          comment.authorId === author.id &&
          comment.content === content &&
          Date.parse(comment.createdAt) > submittedAt - TOLERANCE,
      ),
  )
}
