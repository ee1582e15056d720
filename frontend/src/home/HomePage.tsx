import { $api } from '../api/client'
import type { ListQuery, Role } from '../api/types'
import { useSession } from '../app/session'
import { PageHeader } from '../ui/PageHeader'
import { ErrorState } from '../ui/States'
import classes from './Home.module.css'
import { RequestLines } from './RequestLines'

const lists: Record<Role, { title: string; query: ListQuery }> = {
  USER: { title: 'Yours', query: { createdBy: ['me'] } },
  ENGINEER: { title: 'Assigned to you', query: { assignedTo: ['me'] } },
  MANAGER: { title: 'What changed last', query: {} },
  ADMIN: { title: 'What changed last', query: {} },
}

export function HomePage() {
  const user = useSession()
  const { title, query } = lists[user.role]
  const list = $api.useQuery('get', '/api/requests', {
    params: { query: { ...query, sort: '-updatedAt', limit: 10 } },
  })
  return (
    <>
      <PageHeader title="Home" />
      <div className={classes.page}>
        <section className={classes.block}>
          <h2>{title}</h2>
          {list.error && !list.data ? (
            <ErrorState error={list.error} onRetry={list.refetch} isRetrying={list.isFetching} />
          ) : (
            <RequestLines requests={list.data?.requests} ghosts={10} />
          )}
        </section>
      </div>
    </>
  )
}
