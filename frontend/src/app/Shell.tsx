import { UnstyledButton } from '@mantine/core'
import {
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconSearch,
} from '@tabler/icons-react'
import { Link, Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Commands } from '../commands/Commands'
import { Keys } from '../commands/Keys'
import { show } from '../commands/overlays'
import { useShortcuts } from '../commands/useShortcuts'
import { Unread } from '../notifications/Unread'
import { InShell } from './fallbacks'
import { PersonMenu } from './PersonMenu'
import { newRequest, type PageLink, pagesOf } from './pages'
import { navigation } from './preferences'
import classes from './Shell.module.css'
import { useSession } from './session'
import { useIsNarrow, useIsPhone } from './useWidth'

// Not needed for what is seen first.
const ConnectionBar = lazy(() => import('../live/ConnectionBar'))
const ViewsNav = lazy(() => import('../views/ViewsNav'))

interface NavItemProps {
  page: PageLink
  primary?: boolean
  inBar?: boolean
}

function NavItem({ page, primary, inBar }: NavItemProps) {
  const { to, name, short, Icon, keys, exact } = page
  const [first, ...rest] = inBar && short ? [short, `(${name})`] : name.split(' ')
  return (
    <Link
      to={to}
      className={classes.item}
      data-primary={primary || undefined}
      activeOptions={{ exact, includeSearch: false }}
      title={keys ? `${name} (${keys.replace(' ', ' then ')})` : name}
    >
      <Icon size={18} aria-hidden />
      <span className={classes.label}>
        {first}
        {rest.length > 0 && <span className={classes.rest}> {rest.join(' ')}</span>}
      </span>
      {to === '/notifications' && <Unread />}
    </Link>
  )
}

export function Shell() {
  const user = useSession()
  const pages = pagesOf(user)
  const isPhone = useIsPhone()
  const isNarrow = useIsNarrow()
  const chosen = navigation.use()
  const icons = isNarrow || chosen === 'icons'
  useShortcuts(
    [
      {
        keys: '[',
        label: chosen === 'icons' ? 'Widen the navigation' : 'Narrow the navigation to icons',
        group: 'Everywhere',
        enabled: !isNarrow,
        run: () => navigation.set(chosen === 'icons' ? 'wide' : 'icons'),
      },
    ],
    'app',
  )
  return (
    <div className={classes.shell} data-icons={(icons && !isPhone) || undefined}>
      <a href="#content" className={classes.skip}>
        Skip to content
      </a>
      <nav className={classes.nav} aria-label="Main">
        {isPhone ? (
          <>
            {pages.daily.slice(0, 2).map((page) => (
              <NavItem key={page.to} page={page} inBar />
            ))}
            <NavItem page={newRequest} primary />
            {pages.daily
              .slice(2)
              .filter(({ inBar }) => inBar)
              .map((page) => (
                <NavItem key={page.to} page={page} inBar />
              ))}
          </>
        ) : (
          <>
            <div className={classes.brand}>
              <img src="/icon.svg" alt="" width={22} height={22} />
              <span className={classes.label} aria-hidden>
                Sim-Flow
              </span>
              {!isNarrow && <NavWidth icons={icons} />}
            </div>
            <UnstyledButton
              className={classes.find}
              title="Search or jump to… (Ctrl K)"
              aria-haspopup="dialog"
              onClick={() => show('palette')}
            >
              <IconSearch size={16} aria-hidden />
              <span className={classes.label}>Search or jump to…</span>
              <span className={classes.hint} aria-hidden>
                <Keys keys="mod+k" />
              </span>
            </UnstyledButton>
            <NavItem page={newRequest} primary />
            <div className={classes.pages}>
              {pages.daily.map((page) => (
                <NavItem key={page.to} page={page} />
              ))}
              <Suspense>
                <ViewsNav itemClass={classes.item} labelClass={classes.label} />
              </Suspense>
              {pages.administration.length > 0 && (
                <div className={classes.section} aria-hidden>
                  Administration
                </div>
              )}
              {pages.administration.map((page) => (
                <NavItem key={page.to} page={page} />
              ))}
            </div>
          </>
        )}
        <PersonMenu user={user} more={isPhone ? pages : null} />
      </nav>
      <main id="content" className={classes.main} tabIndex={-1}>
        <Suspense>
          <ConnectionBar />
        </Suspense>
        <InShell value>
          <Outlet />
        </InShell>
      </main>
      <Commands pages={pages} />
    </div>
  )
}

function NavWidth({ icons }: { icons: boolean }) {
  const Icon = icons ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  const label = icons ? 'Widen the navigation' : 'Narrow the navigation'
  return (
    <UnstyledButton
      className={classes.width}
      aria-label={label}
      title={`${label} ([)`}
      aria-expanded={!icons}
      onClick={() => navigation.set(icons ? 'wide' : 'icons')}
    >
      <Icon size={18} aria-hidden />
    </UnstyledButton>
  )
}
