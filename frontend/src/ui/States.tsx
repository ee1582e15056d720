import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { messageOf } from '../api/problem'
import classes from './States.module.css'

/** An empty place says in one sentence what will be here and offers the one action that fills it. */
export function EmptyState({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.state}>
      <p>{children}</p>
      {action}
    </div>
  )
}

interface ErrorProps {
  error: unknown
  onRetry: () => void
  isRetrying?: boolean
}

export function ErrorState({ error, onRetry, isRetrying }: ErrorProps) {
  return (
    <div className={classes.state} role="alert">
      <p>{messageOf(error)}</p>
      <Button variant="default" onClick={onRetry} loading={isRetrying}>
        Try again
      </Button>
    </div>
  )
}

/** A message about a whole form, right above its button. */
export function FormMessage({ children }: { children: ReactNode }) {
  if (!children) return null
  return (
    <div className={classes.message} role="alert">
      {children}
    </div>
  )
}

export function Notice({ children }: { children: ReactNode }) {
  return <div className={classes.notice}>{children}</div>
}
