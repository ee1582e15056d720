import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { messageOf } from '../api/problem'
import type { Activity, Comment } from '../api/types'
import { Avatar } from '../ui/Person'
import { Time } from '../ui/Time'
import { roleLabel } from '../users/roles'
import { StatusMark } from './Marks'
import { mergeTimeline } from './mergeTimeline'
import { sentenceOf } from './sentences'
import classes from './Timeline.module.css'
import type { useActivity } from './useActivity'

interface Props {
  comments: Comment[]
  activity: ReturnType<typeof useActivity>
}

export function Timeline({ comments, activity }: Props) {
  const { query, log } = activity
  const isComplete = !query.hasNextPage
  return (
    <section aria-labelledby="timeline" className={classes.section}>
      <h2 id="timeline">Timeline</h2>
      {query.error && (
        <p className={classes.failed} role="alert">
          {messageOf(query.error)}{' '}
          <Button variant="default" size="compact-xs" onClick={() => query.refetch()}>
            Try again
          </Button>
        </p>
      )}
      {query.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          className={classes.earlier}
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          Show earlier
        </Button>
      )}
      <ol className={classes.entries}>
        {mergeTimeline(comments, log, isComplete).map((entry) =>
          entry.kind === 'comment' ? (
            <CommentEntry key={entry.comment.id} comment={entry.comment} />
          ) : (
            <ActivityEntry key={entry.activity.id} activity={entry.activity} />
          ),
        )}
      </ol>
    </section>
  )
}

function CommentEntry({ comment }: { comment: Comment }) {
  return (
    <li className={classes.entry}>
      <Avatar id={comment.authorId} name={comment.authorName} size={24} />
      <div className={classes.comment} data-internal={comment.internal || undefined}>
        <div className={classes.head}>
          <b dir="auto">{comment.authorName}</b>
          <span>{roleLabel(comment.authorRole)}</span>
          {comment.internal && (
            <span className={classes.internal}>
              <IconLock size={13} aria-hidden /> Internal
            </span>
          )}
          <span className={classes.when}>
            <Time at={comment.createdAt} />
          </span>
        </div>
        <div className={classes.content} dir="auto">
          {comment.content}
        </div>
      </div>
    </li>
  )
}

function ActivityEntry({ activity }: { activity: Activity }) {
  const { did, to, facts, reason } = sentenceOf(activity)
  return (
    <li className={classes.entry} data-small>
      <Avatar id={activity.userId ?? ''} name={activity.userName} size={18} />
      <div className={classes.activity}>
        <p className={classes.sentence}>
          <b dir="auto">{activity.userName}</b> {did}
          {facts.length > 0 && ` ${facts.join(', ')}`}
          {to && (
            <span className={classes.to}>
              <span aria-hidden>→</span> <StatusMark status={to} />
            </span>
          )}
          <span className={classes.when}>
            <Time at={activity.createdAt} />
          </span>
        </p>
        {reason && (
          <div className={classes.reason} dir="auto">
            {reason}
          </div>
        )}
      </div>
    </li>
  )
}
