import { Loader } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { EmptyState, ErrorState } from '../ui/States'

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
    <main>
      <ErrorState error={error} onRetry={retry} />
    </main>
  )
}

export function NotFound() {
  useDocumentTitle('Not found · Sim-Flow')
  return (
    <main>
      <EmptyState action={<Link to="/requests">Go to the list</Link>}>
        There is nothing at this address.
      </EmptyState>
    </main>
  )
}
