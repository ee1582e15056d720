import {
  IconChartBar,
  IconFileImport,
  IconHome,
  IconListDetails,
  IconPlus,
  IconProgressX,
} from '@tabler/icons-react'
import { Link, Outlet } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { Commands } from '../commands/Commands'
import { PersonMenu } from './PersonMenu'
import classes from './Shell.module.css'
import { isAdmin, useSession } from './session'

// Not needed for what is seen first.
const ConnectionBar = lazy(() => import('../live/ConnectionBar'))

interface NavItemProps {
  to: '/' | '/reports' | '/requests' | '/requests/new' | '/import' | '/jobs'
  icon: ReactNode
  children: string
  exact?: boolean
  primary?: boolean
}

function NavItem({ to, icon, children, exact, primary }: NavItemProps) {
  return (
    <Link
      to={to}
      className={classes.item}
      data-primary={primary || undefined}
      activeOptions={{ exact, includeSearch: false }}
      title={children}
    >
      {icon}
      <span className={classes.label}>{children}</span>
    </Link>
  )
}

export function Shell() {
  const user = useSession()
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        Skip to content
      </a>
      <nav className={classes.nav} aria-label="Main">
        <div className={classes.brand} aria-hidden>
          <img src="/icon.svg" alt="" width={22} height={22} />
          <span className={classes.label}>Sim-Flow</span>
        </div>
        <NavItem to="/requests/new" icon={<IconPlus size={18} aria-hidden />} primary>
          New request
        </NavItem>
        <NavItem to="/" icon={<IconHome size={18} aria-hidden />} exact>
          Home
        </NavItem>
        <NavItem to="/requests" icon={<IconListDetails size={18} aria-hidden />} exact>
          Requests
        </NavItem>
        <NavItem to="/reports" icon={<IconChartBar size={18} aria-hidden />}>
          Reports
        </NavItem>
        {isAdmin(user) && (
          <>
            <div className={classes.section} aria-hidden>
              Administration
            </div>
            <NavItem to="/import" icon={<IconFileImport size={18} aria-hidden />}>
              Import old data
            </NavItem>
            <NavItem to="/jobs" icon={<IconProgressX size={18} aria-hidden />}>
              Failed jobs
            </NavItem>
          </>
        )}
        <PersonMenu user={user} />
      </nav>
      <main id="content" className={classes.main} tabIndex={-1}>
        <Suspense>
          <ConnectionBar />
        </Suspense>
        <Outlet />
      </main>
      <Commands />
    </div>
  )
}
