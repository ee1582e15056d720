import { Loader } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { createContext, type ReactNode, useContext } from 'react'
import { EmptyState, ErrorState } from '../ui/States'

/** The shell has a main part, and what is in it has no second one. */
export const InShell = createContext(false)

function MainPart({ children }: { children: ReactNode }) {
  return useContext(InShell) ? children : <main>{children}</main>
}

/** Shown only where a page's code or the session takes longer than a moment. */
export function PagePending() {
  return (
    <EmptyState>
      <Loader size="sm" aria-label="Loading" />
    </EmptyState>
  )
}

export function PageFault({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  useDocumentTitle('Not available · Sim-Flow')
  const retry = () => {
    reset()
    router.invalidate()
  }
  return (
    <MainPart>
      <ErrorState error={error} onRetry={retry} />
    </MainPart>
  )
}

export function NotFound() {
  useDocumentTitle('Not found · Sim-Flow')
  return (
    <MainPart>
      <EmptyState action={<Link to="/requests">Go to the list</Link>}>
        There is nothing at this address.
      </EmptyState>
    </MainPart>
  )
}
