import { useSession } from '../app/session'
import { PageHeader } from '../ui/PageHeader'
import { ErrorState } from '../ui/States'
import { EngineerHome } from './EngineerHome'
import classes from './Home.module.css'
import { ManagerHome } from './ManagerHome'
import { RequesterHome } from './RequesterHome'
import { useHome } from './useBlocks'

const homes = {
  USER: RequesterHome,
  ENGINEER: EngineerHome,
  MANAGER: ManagerHome,
  ADMIN: ManagerHome,
}

/** What somebody comes for in the morning: what waits for them, and how things stand. */
export function HomePage() {
  const user = useSession()
  const home = useHome()
  const Blocks = homes[user.role]
  return (
    <>
      <PageHeader title="Home" />
      <div className={classes.page}>
        {home.error && !home.data ? (
          <ErrorState error={home.error} onRetry={home.refetch} isRetrying={home.isFetching} />
        ) : (
          <Blocks home={home.data} user={user} />
        )}
      </div>
    </>
  )
}
