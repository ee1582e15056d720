import { getRouteApi } from '@tanstack/react-router'
import { ListFilters } from '../requests/ListFilters'
import { PageHeader } from '../ui/PageHeader'

const route = getRouteApi('/shell/timeline')

export function TimelinePage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <PageHeader title="Timeline" />
      <ListFilters search={search} onChange={(to, replace) => navigate({ search: to, replace })} />
    </>
  )
}
