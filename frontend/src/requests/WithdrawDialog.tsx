import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { $api } from '../api/client'
import { messageOf } from '../api/problem'
import type { Comment } from '../api/types'
import { Dialog } from '../ui/Dialog'
import { FormMessage } from '../ui/States'
import classes from './Dialogs.module.css'
import { showComment } from './queries'

interface Props {
  comment: Comment
  onClose: () => void
}

/** Asks, since what others have seen go cannot be brought back. */
export default function WithdrawDialog({ comment, onClose }: Props) {
  const client = useQueryClient()
  const withdraw = $api.useMutation('delete', '/api/requests/{request_id}/comments/{comment_id}', {
    meta: { inline: true },
    onSuccess: ({ comment: stub }) => {
      showComment(client, stub)
      onClose()
    },
  })
  const path = { request_id: comment.requestId, comment_id: comment.id }
  return (
    <Dialog title="Withdraw your comment" onClose={onClose}>
      <p>
        Others will see that there was a comment, and no longer what it said. You can still read it.
        It cannot be brought back.
      </p>
      <FormMessage>{withdraw.error ? messageOf(withdraw.error) : null}</FormMessage>
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          Back
        </Button>
        <Button loading={withdraw.isPending} onClick={() => withdraw.mutate({ params: { path } })}>
          Withdraw
        </Button>
      </div>
    </Dialog>
  )
}
