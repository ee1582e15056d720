import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { $api } from '../api/client'
import { ApiError, messageOf } from '../api/problem'
import type { Comment } from '../api/types'
import { DraftHint } from '../drafts/DraftHint'
import { useDraft } from '../drafts/useDraft'
import { MarkdownField } from '../markdown/MarkdownField'
import { FormMessage } from '../ui/States'
import classes from './Composer.module.css'
import { ifMatch, showComment } from './queries'

interface Props {
  comment: Comment
  onDone: () => void
}

/** Edits a comment where it stands, over the version that was read. */
export default function CommentEditor({ comment, onDone }: Props) {
  const client = useQueryClient()
  const draft = useDraft<string>(`comment-edit:${comment.id}`)
  const [content, setContent] = useState(draft.found ?? comment.content)
  const [version, setVersion] = useState(comment.version)
  const [message, setMessage] = useState<string | null>(null)
  const save = $api.useMutation('patch', '/api/requests/{request_id}/comments/{comment_id}', {
    meta: { inline: true },
    onSuccess: ({ comment: saved }) => {
      draft.drop()
      showComment(client, saved)
      onDone()
    },
    onError: (error) => {
      if (!(error instanceof ApiError) || error.status !== 412) return setMessage(messageOf(error))
      const now = error.problem.comment as Comment
      setVersion(now.version)
      setMessage(
        `You changed it elsewhere meanwhile. It says now: “${now.content}”. Save again to replace that.`,
      )
    },
  })
  const type = (text: string) => {
    setContent(text)
    draft.keep(text)
  }
  const discard = () => {
    draft.drop()
    onDone()
  }
  const submit = () => {
    setMessage(null)
    if (content === comment.content) return discard()
    const path = { request_id: comment.requestId, comment_id: comment.id }
    save.mutate({ params: { path, header: ifMatch(version) }, body: { content } })
  }
  return (
    <form
      className={classes.editor}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <MarkdownField
        label="Your words"
        autosize
        minRows={3}
        maxRows={16}
        data-autofocus
        autoFocus
        value={content}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
          if (event.key === 'Escape') discard()
        }}
      />
      <FormMessage>{message}</FormMessage>
      <div className={classes.foot}>
        <DraftHint draft={draft} onTake={setContent} />
        <Button size="xs" variant="default" onClick={discard}>
          Discard
        </Button>
        <Button size="xs" type="submit" loading={save.isPending}>
          Save comment
        </Button>
      </div>
    </form>
  )
}
