import { Button, Skeleton } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { ApiError } from '../api/problem'
import type { Comment, RequestDetail } from '../api/types'
import { useSession } from '../app/session'
import { rememberRecent } from '../commands/recent'
import { useShortcuts } from '../commands/useShortcuts'
import { hasDraft } from '../drafts/drafts'
import { criteriaOptions, formOptions } from '../study/queries'
import { PageHeader } from '../ui/PageHeader'
import { EmptyState, ErrorState } from '../ui/States'
import { Properties } from './Properties'
import { detailOptions } from './queries'
import { RequestActions } from './RequestActions'
import classes from './RequestPage.module.css'
import { RequestText } from './RequestText'
import { Timeline } from './Timeline'
import { useActivity } from './useActivity'
import { BackLink, Neighbours } from './Way'

// Most visits only read, and read first.
const Composer = lazy(() => import('./Composer'))
const EditForm = lazy(() => import('./EditForm'))
const MoreMenu = lazy(() => import('./MoreMenu'))
const Gone = lazy(() => import('./Gone'))
const RequestStudy = lazy(() => import('../study/RequestStudy'))

const route = getRouteApi('/shell/requests/$requestId')

export function RequestPage() {
  const { requestId } = route.useParams()
  const detail = useQuery(detailOptions(requestId))
  // Asked for at the same time and shown together, so that nothing moves when the next one comes.
  const activity = useActivity(requestId)
  const others = [
    activity.query,
    useQuery(formOptions(requestId)),
    useQuery(criteriaOptions(requestId)),
  ]
  const isMissing = detail.error instanceof ApiError && detail.error.status === 404
  if (detail.data && isMissing) {
    return (
      <>
        <PageHeader title={detail.data.request.key} before={<BackLink />} />
        <Suspense>
          <Gone requestId={detail.data.request.id} requestKey={detail.data.request.key} />
        </Suspense>
      </>
    )
  }
  if (detail.data && !others.some(({ isPending }) => isPending)) {
    return <Loaded key={requestId} {...detail.data} activity={activity} />
  }
  return (
    <>
      <PageHeader title={requestId} before={<BackLink />} />
      {!detail.error && <DetailSkeleton />}
      {isMissing && (
        <EmptyState action={<Link to="/requests">Go to the list</Link>}>
          There is no request {requestId}, or you may not see it.
        </EmptyState>
      )}
      {detail.error && !isMissing && (
        <ErrorState
          error={detail.error}
          onRetry={() => detail.refetch()}
          isRetrying={detail.isFetching}
        />
      )}
    </>
  )
}

interface LoadedProps {
  request: RequestDetail
  comments: Comment[]
  activity: ReturnType<typeof useActivity>
}

function Loaded({ request, comments, activity }: LoadedProps) {
  const { id: personId } = useSession()
  // An edit that was not saved goes on where it was left.
  const [editing, setEditing] = useState(() => hasDraft(personId, `edit:${request.id}`))
  const { key, title } = request
  useEffect(() => rememberRecent(personId, { key, title }), [personId, key, title])
  useShortcuts([
    {
      keys: 'e',
      label: 'Edit',
      group: 'This request',
      inPalette: true,
      enabled: request.canEdit && !editing,
      run: () => setEditing(true),
    },
    {
      keys: 'm',
      label: 'Write a comment',
      group: 'This request',
      inPalette: true,
      run: () => document.querySelector<HTMLElement>('#composer textarea')?.focus(),
    },
  ])
  const edit = request.canEdit && !editing && (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconPencil size={15} aria-hidden />}
      onClick={() => setEditing(true)}
    >
      Edit
    </Button>
  )
  return (
    <>
      <PageHeader
        title={request.key}
        documentTitle={`${request.key} ${request.title}`}
        before={
          <>
            <BackLink />
            <Neighbours requestKey={request.key} />
          </>
        }
        note={<bdi className={classes.headerTitle}>{request.title}</bdi>}
        actions={
          <>
            {edit}
            <Suspense fallback={<span className={classes.more} />}>
              <MoreMenu request={request} comments={comments} />
            </Suspense>
          </>
        }
      />
      <div className={classes.columns}>
        <aside className={classes.side} aria-label="Status and properties">
          <RequestActions request={request} log={activity.log} />
          <Properties request={request} isEditing={editing} />
        </aside>
        <div className={classes.story}>
          {editing ? (
            <Suspense>
              <EditForm request={request} log={activity.log} onDone={() => setEditing(false)} />
            </Suspense>
          ) : (
            <RequestText request={request} log={activity.log} />
          )}
          {/* What stands below waits too, or it would be pushed away. */}
          <Suspense fallback={<Skeleton height={420} />}>
            <RequestStudy request={request} />
            <Timeline requestId={request.id} comments={comments} activity={activity} />
            <Suspense fallback={<Skeleton height={202} radius={8} />}>
              <Composer requestId={request.id} createdByName={request.createdByName} />
            </Suspense>
          </Suspense>
        </div>
      </div>
    </>
  )
}

function DetailSkeleton() {
  return (
    <div className={classes.columns} aria-hidden>
      <div className={classes.side}>
        <Skeleton height={20} width="60%" mb={16} />
        <Skeleton height={36} mb={32} />
        {['a', 'b', 'c', 'd', 'e', 'f'].map((id) => (
          <Skeleton key={id} height={12} my={12} />
        ))}
      </div>
      <div className={classes.story}>
        <Skeleton height={24} width="70%" mb={16} />
        {['a', 'b', 'c', 'd'].map((id) => (
          <Skeleton key={id} height={12} my={10} />
        ))}
      </div>
    </div>
  )
}
