import { getRouteApi } from '@tanstack/react-router'
import { RequestsView } from './list/RequestsView'

const route = getRouteApi('/shell/requests')

export function RequestsPage() {
  const navigate = route.useNavigate()
  return (
    <RequestsView
      search={route.useSearch()}
      onSearch={(search, replace) => navigate({ search, replace, resetScroll: true })}
    />
  )
}
