import { Button, Skeleton } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { RequestDetail } from '../api/types'
import { useSession } from '../app/session'
import { hasDraft } from '../drafts/drafts'
import { ErrorState } from '../ui/States'
import { DataTable } from './DataTable'
import { formOptions, useRequestId, useStudyTypes } from './queries'
import classes from './Study.module.css'

const DataForm = lazy(() => import('./DataForm'))

/** The values of the request's form: read as a table, edited where they stand. */
export function SimulationData({ request }: { request: RequestDetail }) {
  const form = useQuery(formOptions(useRequestId()))
  const { id: personId } = useSession()
  // What was not saved goes on where it was left.
  const [editing, setEditing] = useState(
    () => request.canTag && hasDraft(personId, `data:${request.id}`),
  )
  const typeName = useTypeName(request.studyType)
  if (form.error && !form.data) {
    return <ErrorState error={form.error} onRetry={() => form.refetch()} />
  }
  const isEmpty = !request.studyType && Object.keys(form.data?.values ?? {}).length === 0
  const edit = request.canTag && form.data && !editing && (!isEmpty || request.canEdit)
  if (isEmpty && !edit && !editing) return null
  return (
    <section className={classes.section} aria-labelledby="simulation-data">
      <div className={classes.top}>
        <h2 id="simulation-data">Simulation data</h2>
        {typeName && <span className={classes.note}>{typeName}</span>}
        {edit && (
          <Button
            variant="subtle"
            size="compact-sm"
            className={classes.edit}
            leftSection={<IconPencil size={14} aria-hidden />}
            onClick={() => setEditing(true)}
          >
            {isEmpty ? 'Choose a type of study' : 'Edit data'}
          </Button>
        )}
      </div>
      {!form.data && <Skeleton height={120} mt={12} />}
      {form.data && !editing && <DataTable form={form.data} status={request.status} />}
      {form.data && editing && (
        <Suspense fallback={<Skeleton height={200} mt={12} />}>
          <DataForm request={request} form={form.data} onDone={() => setEditing(false)} />
        </Suspense>
      )}
    </section>
  )
}

function useTypeName(id: string | null): string | undefined {
  const types = useStudyTypes(id !== null)
  return id === null ? undefined : (types?.find((type) => type.id === id)?.name ?? id)
}
