import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconLock, IconPencil, IconTrash } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Comment } from '../api/types'
import { useSession } from '../app/session'
import { Markdown } from '../markdown/Markdown'
import type { Mentions } from '../markdown/mentions'
import { Avatar } from '../ui/Person'
import { Time } from '../ui/Time'
import { roleLabel } from '../users/roles'
import classes from './Timeline.module.css'

const CommentEditor = lazy(() => import('./CommentEditor'))
const WithdrawDialog = lazy(() => import('./WithdrawDialog'))
const CommentHistory = lazy(() => import('./CommentHistory'))

interface Props {
  comment: Comment
  mentions: Mentions | undefined
  isNew: boolean
}

type Doing = 'editing' | 'withdrawing' | 'looking back' | null

export function CommentEntry({ comment, mentions, isNew }: Props) {
  const isMine = useSession().id === comment.authorId
  const [doing, setDoing] = useState<Doing>(null)
  const done = () => setDoing(null)
  const { withdrawnAt } = comment
  return (
    <li className={classes.entry}>
      <Avatar id={comment.authorId} name={comment.authorName} size={24} />
      <div
        id={`comment-${comment.id}`}
        className={classes.comment}
        data-internal={comment.internal || undefined}
        data-changed={isNew ? 'even' : undefined}
      >
        <div className={classes.head}>
          <b dir="auto">{comment.authorName}</b>
          <span>{roleLabel(comment.authorRole)}</span>
          {comment.internal && <InternalMark />}
          <span className={classes.when}>
            <Time at={comment.createdAt} />
          </span>
          <Changed comment={comment} isMine={isMine} onLook={() => setDoing('looking back')} />
          {isMine && !withdrawnAt && doing !== 'editing' && (
            <span className={classes.own}>
              <OwnAction
                name="Edit what you wrote"
                Icon={IconPencil}
                onClick={() => setDoing('editing')}
              />
              <OwnAction
                name="Withdraw what you wrote"
                Icon={IconTrash}
                onClick={() => setDoing('withdrawing')}
              />
            </span>
          )}
        </div>
        <Suspense>
          {doing === 'editing' && <CommentEditor comment={comment} onDone={done} />}
          {doing === 'withdrawing' && <WithdrawDialog comment={comment} onClose={done} />}
          {doing === 'looking back' && <CommentHistory comment={comment} onClose={done} />}
        </Suspense>
        {doing !== 'editing' && (
          <div className={classes.content} data-withdrawn={withdrawnAt ? true : undefined}>
            {withdrawnAt ? (
              'This comment was withdrawn.'
            ) : (
              <Markdown text={comment.content} mentions={mentions} />
            )}
          </div>
        )}
      </div>
    </li>
  )
}

interface OwnActionProps {
  name: string
  Icon: typeof IconPencil
  onClick: () => void
}

function OwnAction({ name, Icon, onClick }: OwnActionProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={24}
      aria-label={name}
      title={name}
      {...{ onClick }}
    >
      <Icon size={14} aria-hidden />
    </ActionIcon>
  )
}

interface ChangedProps {
  comment: Comment
  isMine: boolean
  onLook: () => void
}

/** That a comment says something else than at first; who may read it may read what it said. */
function Changed({ comment, isMine, onLook }: ChangedProps) {
  const { editedAt, withdrawnAt } = comment
  if (withdrawnAt ? !isMine : !editedAt) return null
  return (
    <UnstyledButton className={classes.edited} onClick={onLook}>
      {withdrawnAt ? 'what it said' : 'edited'}
    </UnstyledButton>
  )
}

export function InternalMark() {
  return (
    <span className={classes.internal}>
      <IconLock size={13} aria-hidden /> Internal
    </span>
  )
}
