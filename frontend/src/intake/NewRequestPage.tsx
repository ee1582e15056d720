import { Skeleton } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ApiError } from '../api/problem'
import { PageHeader } from '../ui/PageHeader'
import { EmptyState, ErrorState } from '../ui/States'
import classes from './Intake.module.css'
import { NewRequestForm } from './NewRequestForm'
import type { NewRequestSearch } from './search'
import { useBeginning } from './useBeginning'

const route = getRouteApi('/shell/requests/new')

export function NewRequestPage() {
  const search = route.useSearch()
  return (
    <>
      <PageHeader title="New request" note={search.from && `Copy of ${search.from}`} />
      <Begun key={JSON.stringify(search)} search={search} />
    </>
  )
}

function Begun({ search }: { search: NewRequestSearch }) {
  const { draft, isPending, beginning, error, retry } = useBeginning(search)
  if (isPending) {
    return (
      <div className={classes.page} aria-hidden>
        {['a', 'b', 'c'].map((id) => (
          <Skeleton key={id} height={56} mb={20} maw={720} />
        ))}
      </div>
    )
  }
  if (beginning) return <NewRequestForm draft={draft} beginning={beginning} />
  const isGone = !error || (error instanceof ApiError && error.status === 404)
  if (!isGone) return <ErrorState error={error} onRetry={retry} />
  return (
    <EmptyState action={<Link to="/requests/new">Write a new one</Link>}>
      {search.draft && 'This draft is gone: it was submitted, thrown away, or is not yours.'}
      {search.from && `There is no request ${search.from}, or you may not see it.`}
      {search.template && 'This template is gone.'}
    </EmptyState>
  )
}
