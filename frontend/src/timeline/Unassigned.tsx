import { Link } from '@tanstack/react-router'
import { $api } from '../api/client'
import { type ListSearch, toCountQuery } from '../requests/listSearch'
import { openStatuses } from '../requests/status'
import classes from './Timeline.module.css'

/** What nobody has is on no one's line: how much of it there is, and the way to it. */
export function Unassigned({ search }: { search: ListSearch }) {
  const wanted = unassignedOf(search)
  const counts = $api.useQuery(
    'get',
    '/api/requests/counts',
    { params: { query: toCountQuery(wanted ?? {}) } },
    { enabled: wanted !== null },
  )
  const total = wanted ? counts.data?.total : 0
  if (!wanted || !total) return null
  return (
    <Link to="/requests" search={wanted} className={classes.unassigned}>
      {total === 1
        ? '1 open request has no engineer'
        : `${total.toLocaleString('en')} open requests have no engineer`}
    </Link>
  )
}

/** The same search for open work that nobody has; null where the search asks for somebody's or for what is over. */
export function unassignedOf(search: ListSearch): ListSearch | null {
  const { assignedTo } = search
  if (assignedTo && !assignedTo.includes('none')) return null
  const status = openStatuses.filter((one) => search.status?.includes(one) ?? true)
  return status.length > 0 ? { ...search, assignedTo: ['none'], status } : null
}
