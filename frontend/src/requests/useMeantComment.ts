import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Comment } from '../api/types'

/** The comment that the address leads to, once it is there: it comes into view and is marked. */
export function useMeantComment(comments: Comment[]): string | null {
  const hash = useLocation({ select: (location) => location.hash })
  const id = hash.replace(/^comment-/, '')
  const isHere = comments.some((comment) => comment.id === id)
  useEffect(() => {
    if (isHere) document.getElementById(hash)?.scrollIntoView({ block: 'center' })
  }, [isHere, hash])
  return isHere ? id : null
}
