import { Button } from '@mantine/core'
import { useState } from 'react'
import { messageOf } from '../api/problem'
import type { Activity, Comment } from '../api/types'
import { useSession } from '../app/session'
import { Markdown } from '../markdown/Markdown'
import { Avatar } from '../ui/Person'
import { Time } from '../ui/Time'
import { usePrinting } from '../ui/usePrinting'
import { roleLabel } from '../users/roles'
import { CommentEntry, InternalMark } from './CommentEntry'
import { StatusMark } from './Marks'
import { mergeTimeline } from './mergeTimeline'
import type { Sending } from './sending'
import { sentenceOf } from './sentences'
import classes from './Timeline.module.css'
import { TimelineFilter, timelineFilter } from './TimelineFilter'
import type { useActivity } from './useActivity'
import { useMeantComment } from './useMeantComment'
import { useMentions } from './useMentions'
import { useSending } from './useSending'

interface Props {
  requestId: string
  comments: Comment[]
  activity: ReturnType<typeof useActivity>
}

export function Timeline({ requestId, comments, activity }: Props) {
  const { query, log } = activity
  const filter = timelineFilter.use()
  const mentions = useMentions(requestId)
  const meant = useMeantComment(comments)
  const isPrinting = usePrinting()
  const entries = mergeTimeline(
    filter === 'activity' && !isPrinting ? [] : comments,
    filter === 'comments' ? [] : log,
    !query.hasNextPage || filter === 'comments' || meant !== null || isPrinting,
  )
  const [newest] = useState(() => Date.parse(entries.at(-1)?.at ?? ''))
  const sending = useSending(requestId, comments)
  return (
    <section aria-labelledby="timeline" className={classes.section}>
      <div className={classes.top}>
        <h2 id="timeline">Timeline</h2>
        <TimelineFilter />
      </div>
      {query.error && (
        <p className={classes.failed} role="alert">
          {messageOf(query.error)}{' '}
          <Button variant="default" size="compact-xs" onClick={() => query.refetch()}>
            Try again
          </Button>
        </p>
      )}
      {query.hasNextPage && filter !== 'comments' && (
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
        {entries.map((entry) => {
          const isMeant = entry.kind === 'comment' && entry.comment.id === meant
          const isNew = isMeant || Date.parse(entry.at) > newest
          return entry.kind === 'comment' ? (
            <CommentEntry key={entry.comment.id} comment={entry.comment} {...{ mentions, isNew }} />
          ) : (
            <ActivityEntry key={entry.activity.id} activity={entry.activity} isNew={isNew} />
          )
        })}
        {sending.map((comment) => (
          <SendingEntry key={comment.submittedAt} comment={comment} />
        ))}
      </ol>
    </section>
  )
}

const markOf = (isNew: boolean) => (isNew ? 'even' : undefined)

/** Stands where the comment will be, and says that it is not there yet. */
function SendingEntry({ comment }: { comment: Sending }) {
  const author = useSession()
  return (
    <li className={classes.entry}>
      <Avatar id={author.id} name={author.name} size={24} />
      <div className={classes.comment} data-internal={comment.internal || undefined} data-sending>
        <div className={classes.head}>
          <b dir="auto">{author.name}</b>
          <span>{roleLabel(author.role)}</span>
          {comment.internal && <InternalMark />}
          <span className={classes.when}>
            {comment.isWaiting ? 'Waits for the connection' : 'Sending …'}
          </span>
        </div>
        <div className={classes.content}>
          <Markdown text={comment.content} />
        </div>
      </div>
    </li>
  )
}

function ActivityEntry({ activity, isNew }: { activity: Activity; isNew: boolean }) {
  const { did, to, facts, reason } = sentenceOf(activity)
  return (
    <li className={classes.entry} data-small>
      <Avatar id={activity.userId ?? ''} name={activity.userName} size={18} />
      <div className={classes.activity} data-changed={markOf(isNew)}>
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
