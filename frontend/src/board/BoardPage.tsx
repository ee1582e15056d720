import { getRouteApi } from '@tanstack/react-router'
import { ListFilters } from '../requests/ListFilters'
import { PageHeader } from '../ui/PageHeader'

const route = getRouteApi('/shell/board')

export function BoardPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <PageHeader title="Board" />
      <ListFilters search={search} onChange={(to, replace) => navigate({ search: to, replace })} />
    </>
  )
}
