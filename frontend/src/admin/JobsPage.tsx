import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { $api } from '../api/client'
import { messageOf } from '../api/problem'
import type { components } from '../api/schema'
import { notify, notifyError } from '../ui/notify'
import { PageHeader } from '../ui/PageHeader'
import { EmptyState, ErrorState } from '../ui/States'
import { Time } from '../ui/Time'
import pageClasses from './ImportPage.module.css'
import classes from './JobsPage.module.css'

type DeadJob = components['schemas']['DeadJob']

const path = '/api/jobs/dead'

/** Jobs that failed for good. One page is enough: who has more than that has another problem, and retries anew. */
export function JobsPage() {
  const jobs = $api.useQuery('get', path, { params: { query: { limit: 200 } } })
  const client = useQueryClient()
  const options = {
    onSettled: () => client.invalidateQueries({ queryKey: ['get', path] }),
    onError: (error: unknown) => notifyError(messageOf(error)),
  }
  const retry = $api.useMutation('post', '/api/jobs/dead/{job_id}/retry', {
    ...options,
    onSuccess: () => notify('The job waits for its turn again.'),
  })
  const drop = $api.useMutation('delete', '/api/jobs/dead/{job_id}', options)
  const isBusy = retry.isPending || drop.isPending
  return (
    <>
      <PageHeader title="Failed jobs" />
      <div className={pageClasses.page}>
        <p className={pageClasses.lead}>
          Work that is done outside of a call and failed after several attempts. Mend what the error
          tells, then retry; drop what nobody needs any more.
        </p>
        {jobs.isPending && <EmptyState>Asking for the jobs …</EmptyState>}
        {jobs.error && (
          <ErrorState error={jobs.error} onRetry={jobs.refetch} isRetrying={jobs.isRefetching} />
        )}
        {jobs.data?.jobs.length === 0 && <EmptyState>No job has failed for good.</EmptyState>}
        <ul className={classes.jobs}>
          {jobs.data?.jobs.map((job) => (
            <Job
              key={job.id}
              job={job}
              isBusy={isBusy}
              onRetry={() => retry.mutate({ params: { path: { job_id: String(job.id) } } })}
              onDrop={() => drop.mutate({ params: { path: { job_id: String(job.id) } } })}
            />
          ))}
        </ul>
      </div>
    </>
  )
}

interface JobProps {
  job: DeadJob
  isBusy: boolean
  onRetry: () => void
  onDrop: () => void
}

function Job({ job, isBusy, onRetry, onDrop }: JobProps) {
  return (
    <li className={classes.job}>
      <div className={classes.what}>
        <strong>{job.name}</strong>
        <span className={classes.error}>{job.error}</span>
        <span className={classes.when}>
          {job.attempts} attempts, the last <Time at={job.diedAt} />
        </span>
      </div>
      <Button variant="default" disabled={isBusy} onClick={onRetry}>
        Retry
      </Button>
      <Button variant="default" disabled={isBusy} onClick={onDrop}>
        Drop
      </Button>
    </li>
  )
}
