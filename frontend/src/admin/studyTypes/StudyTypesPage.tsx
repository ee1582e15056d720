import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { $api } from '../../api/client'
import { NotFound } from '../../app/fallbacks'
import { isAdmin, useSession } from '../../app/session'
import { PageHeader } from '../../ui/PageHeader'
import { EmptyState, ErrorState } from '../../ui/States'
import pageClasses from '../ImportPage.module.css'
import classes from './StudyTypes.module.css'
import { NEW } from './useTypeEdit'

/** Every type of study with what its form has, for admins to open. */
export function StudyTypesPage() {
  const types = $api.useQuery('get', '/api/study-types')
  const add = (
    <Button component={Link} className={classes.add} to={`/admin/study-types/${NEW}`}>
      New type
    </Button>
  )
  if (!isAdmin(useSession())) return <NotFound />
  return (
    <>
      <PageHeader title="Types of study" actions={add} />
      <div className={pageClasses.page}>
        <p className={pageClasses.lead}>
          A type gives a request its form and proposes its criteria. A change is for requests to
          come: those that there are keep the form that they were given.
        </p>
        {types.isPending && <EmptyState>Asking for the types …</EmptyState>}
        {types.error && (
          <ErrorState error={types.error} onRetry={types.refetch} isRetrying={types.isRefetching} />
        )}
        {types.data?.studyTypes.length === 0 && (
          <EmptyState>Types of study will be here, each with its form.</EmptyState>
        )}
        {types.data && types.data.studyTypes.length > 0 && (
          <table className={classes.types}>
            <thead>
              <tr>
                <th scope="col">Type</th>
                <th scope="col">In use</th>
                <th scope="col">Version</th>
                <th scope="col">Fields</th>
                <th scope="col">Criteria</th>
              </tr>
            </thead>
            <tbody>
              {types.data.studyTypes.map((type) => (
                <tr key={type.id} data-inactive={!type.active || undefined}>
                  <th scope="row">
                    <Link to="/admin/study-types/$typeId" params={{ typeId: type.id }}>
                      <bdi>{type.name}</bdi>
                    </Link>
                  </th>
                  <td data-name="In use">{type.active ? 'Yes' : 'No'}</td>
                  <td data-name="Version">{type.version}</td>
                  <td data-name="Fields">{type.fields.length}</td>
                  <td data-name="Criteria">{type.criteria.length}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </>
  )
}
