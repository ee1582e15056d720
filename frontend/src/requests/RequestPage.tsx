import { Button, Skeleton } from '@mantine/core'
import { IconArrowLeft, IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError } from '../api/problem'
import type { Comment, RequestDetail } from '../api/types'
import { PageHeader } from '../ui/PageHeader'
import { EmptyState, ErrorState } from '../ui/States'
import { Composer } from './Composer'
import { EditForm } from './EditForm'
import { Properties } from './Properties'
import { detailOptions } from './queries'
import { RequestActions } from './RequestActions'
import classes from './RequestPage.module.css'
import { Timeline } from './Timeline'

const route = getRouteApi('/shell/requests/$requestId')

function BackLink() {
  const listSearch = useLocation({ select: (location) => location.state.listSearch })
  return (
    <Link
      to="/requests"
      search={listSearch ?? {}}
      className={classes.back}
      title="Back to the list"
    >
      <IconArrowLeft size={18} aria-hidden />
      <span className={classes.spoken}>Back to the list</span>
    </Link>
  )
}

export function RequestPage() {
  const { requestId } = route.useParams()
  const detail = useQuery(detailOptions(requestId))
  if (detail.data) return <Loaded key={requestId} {...detail.data} />
  const isMissing = detail.error instanceof ApiError && detail.error.status === 404
  return (
    <>
      <PageHeader title={requestId} before={<BackLink />} />
      {detail.isPending && <DetailSkeleton />}
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

function Loaded({ request, comments }: { request: RequestDetail; comments: Comment[] }) {
  const [editing, setEditing] = useState(false)
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
        before={<BackLink />}
        note={<bdi className={classes.headerTitle}>{request.title}</bdi>}
        actions={edit}
      />
      <div className={classes.columns}>
        <aside className={classes.side} aria-label="Status and properties">
          <RequestActions request={request} />
          <Properties request={request} />
        </aside>
        <div className={classes.story}>
          {editing ? (
            <EditForm request={request} onDone={() => setEditing(false)} />
          ) : (
            <article className={classes.text}>
              <h2 className={classes.title} dir="auto">
                {request.title}
              </h2>
              <div className={classes.description} dir="auto">
                {request.description}
              </div>
            </article>
          )}
          <Timeline request={request} comments={comments} />
          <Composer requestId={request.id} createdByName={request.createdByName} />
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
