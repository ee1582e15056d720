import { $api } from '../api/client'
import { notificationsPath } from './paths'
import classes from './Unread.module.css'

/** Where the server stops counting. */
const MOST = 100

/** How many notifications wait, beside the link that leads to them; nothing where none does. */
export function Unread() {
  const params = { query: { unread: true, limit: 1 } }
  const { data } = $api.useQuery('get', notificationsPath, { params }, { staleTime: 60_000 })
  if (!data?.unread) return null
  return (
    <span className={classes.unread}>
      {data.unread < MOST ? data.unread : `${MOST - 1}+`}
      <span className={classes.spoken}> unread</span>
    </span>
  )
}
