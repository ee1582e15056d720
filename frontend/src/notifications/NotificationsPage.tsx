import { ActionIcon, Button, Skeleton } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useShortcuts } from '../commands/useShortcuts'
import { pastOf } from '../requests/actionLabels'
import { fromHere } from '../requests/trail'
import { PageHeader } from '../ui/PageHeader'
import { Avatar } from '../ui/Person'
import { EmptyState, ErrorState } from '../ui/States'
import { Time } from '../ui/Time'
import { Toggle } from '../ui/Toggle'
import classes from './NotificationsPage.module.css'
import { type Notification, useNotifications } from './useNotifications'

const kinds = { all: 'All', unread: 'Unread' } as const

/** What the person was told; each leads to the request, and to what was said there. */
export function NotificationsPage() {
  const [kind, setKind] = useState<keyof typeof kinds>('all')
  const { query, notifications, unread, read, readAll } = useNotifications(kind === 'unread')
  useShortcuts([
    {
      keys: 'shift+r',
      label: 'Mark all as read',
      group: 'Notifications',
      inPalette: true,
      enabled: unread > 0,
      why: 'All of them are read.',
      run: readAll,
    },
  ])
  const all = unread > 0 && (
    <Button variant="default" size="xs" onClick={readAll}>
      Mark all as read
    </Button>
  )
  return (
    <>
      <PageHeader title="Notifications" actions={all} />
      <div className={classes.page}>
        <Toggle label="Show" choices={kinds} value={kind} onChange={setKind} />
        {query.isPending && <ListSkeleton />}
        {query.error && (
          <ErrorState error={query.error} onRetry={query.refetch} isRetrying={query.isFetching} />
        )}
        {query.data && notifications.length === 0 && <Nothing isUnread={kind === 'unread'} />}
        <ul className={classes.list}>
          {notifications.map((told) => (
            <Entry key={told.id} told={told} onRead={() => read(told)} />
          ))}
        </ul>
        {query.hasNextPage && (
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => query.fetchNextPage()}
          >
            Show earlier
          </Button>
        )}
      </div>
    </>
  )
}

function Nothing({ isUnread }: { isUnread: boolean }) {
  return (
    <EmptyState action={<Link to="/requests">Go to the list</Link>}>
      {isUnread
        ? 'You have read everything.'
        : 'What others do to requests that you watch stands here, and where somebody mentions you.'}
    </EmptyState>
  )
}

function Entry({ told, onRead }: { told: Notification; onRead: () => void }) {
  const { key, title, actorId, actorName, action, commentId, createdAt, readAt } = told
  const isUnread = readAt === null
  return (
    <li className={classes.entry} data-unread={isUnread || undefined}>
      <Avatar id={actorId ?? ''} name={actorName} size={24} />
      <div className={classes.words}>
        <Link
          to="/requests/$requestId"
          params={{ requestId: key }}
          hash={commentId ? `comment-${commentId}` : undefined}
          state={fromHere}
          className={classes.link}
          onClick={onRead}
        >
          <b dir="auto">{actorName}</b> {action === 'mentioned' ? 'mentioned you' : pastOf(action)}
        </Link>
        <p className={classes.about}>
          {key} <bdi>{title}</bdi>
        </p>
      </div>
      <span className={classes.when}>
        <Time at={createdAt} />
      </span>
      <span className={classes.mark}>
        {isUnread && (
          <>
            <span className={classes.spoken}>Unread</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={28}
              aria-label={`Mark as read: ${actorName}, ${key}`}
              title="Mark as read"
              onClick={onRead}
            >
              <IconCheck size={16} aria-hidden />
            </ActionIcon>
          </>
        )}
      </span>
    </li>
  )
}

function ListSkeleton() {
  return (
    <div aria-hidden className={classes.list}>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((id) => (
        <div key={id} className={classes.entry}>
          <Skeleton circle height={24} />
          <div>
            <Skeleton height={12} width="40%" mb={8} />
            <Skeleton height={10} width="60%" />
          </div>
        </div>
      ))}
    </div>
  )
}
