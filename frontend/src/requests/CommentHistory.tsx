import { Skeleton } from '@mantine/core'
import { $api } from '../api/client'
import { messageOf } from '../api/problem'
import type { Comment } from '../api/types'
import { Markdown } from '../markdown/Markdown'
import { Dialog } from '../ui/Dialog'
import { FormMessage } from '../ui/States'
import { Time } from '../ui/Time'
import classes from './Dialogs.module.css'

interface Props {
  comment: Comment
  onClose: () => void
}

/** What a comment said, the latest first. */
export default function CommentHistory({ comment, onClose }: Props) {
  const path = { request_id: comment.requestId, comment_id: comment.id }
  const history = $api.useQuery('get', '/api/requests/{request_id}/comments/{comment_id}/history', {
    params: { path },
  })
  return (
    <Dialog title={`What ${comment.authorName} wrote`} onClose={onClose}>
      {history.isPending && <Skeleton height={80} />}
      <FormMessage>{history.error ? messageOf(history.error) : null}</FormMessage>
      <ol className={classes.versions}>
        {history.data?.versions.toReversed().map((version) => (
          <li key={version.version}>
            <Time at={version.writtenAt} />
            <Markdown text={version.content} />
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
