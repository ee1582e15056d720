import { getRouteApi, Link } from '@tanstack/react-router'
import { $api } from '../../api/client'
import { NotFound } from '../../app/fallbacks'
import { isAdmin, useSession } from '../../app/session'
import { PageHeader } from '../../ui/PageHeader'
import { EmptyState, ErrorState } from '../../ui/States'
import classes from './StudyTypes.module.css'
import { TypeEditor } from './TypeEditor'
import { NEW } from './useTypeEdit'

const route = getRouteApi('/shell/admin/study-types/$typeId')

/** One type of study, or a new one, to be changed. */
export function StudyTypePage() {
  const { typeId } = route.useParams()
  const types = $api.useQuery('get', '/api/study-types')
  const all = types.data?.studyTypes
  const type = all?.find(({ id }) => id === typeId)
  const isAbsent = all && !type && typeId !== NEW
  if (!isAdmin(useSession()) || isAbsent) return <NotFound />
  return (
    <>
      <PageHeader
        title={typeId === NEW ? 'New type of study' : (type?.name ?? 'Type of study')}
        before={
          <Link className={classes.back} to="/admin/study-types">
            All types
          </Link>
        }
        note={type && `Version ${type.version}`}
      />
      {types.isPending && <EmptyState>Asking for the types …</EmptyState>}
      {types.error && !all && (
        <ErrorState error={types.error} onRetry={types.refetch} isRetrying={types.isRefetching} />
      )}
      {all && <TypeEditor key={typeId} type={type} types={all} />}
    </>
  )
}
