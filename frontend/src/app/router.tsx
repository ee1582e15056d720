import {
  createRootRoute,
  createRoute,
  createRouter,
  isRedirect,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { onSessionEnd } from '../api/client'
import { ApiError } from '../api/problem'
import { parseNewRequestSearch } from '../intake/search'
import { parseReportSearch } from '../reports/reportSearch'
import { parseListSearch } from '../requests/listSearch'
import { prefetchRequest } from '../requests/prefetch'
import { parseTimelineSearch } from '../timeline/search'
import { NotFound, PageFault, PagePending } from './fallbacks'
import { queryClient } from './queryClient'
import { parseSearch, stringifySearch } from './searchParams'
import { sessionOptions } from './session'

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (raw): { next?: string; ended?: string } => ({
    next: typeof raw.next === 'string' && /^\/(?![/\\])/.test(raw.next) ? raw.next : undefined,
    ended: raw.ended === undefined ? undefined : '1',
  }),
  component: lazyRouteComponent(() => import('./SignInPage'), 'SignInPage'),
})

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(sessionOptions)
    } catch (error) {
      if (isRedirect(error) || !(error instanceof ApiError) || error.status !== 401) throw error
      const next = location.href === '/' ? undefined : location.href
      throw redirect({ to: '/sign-in', search: { next } })
    }
  },
  component: lazyRouteComponent(() => import('./Shell'), 'Shell'),
})

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../home/HomePage'), 'HomePage'),
})

const requestsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/requests',
  validateSearch: parseListSearch,
  component: lazyRouteComponent(() => import('../requests/RequestsPage'), 'RequestsPage'),
})

const boardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/board',
  validateSearch: parseListSearch,
  component: lazyRouteComponent(() => import('../board/BoardPage'), 'BoardPage'),
})

const timelineRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/timeline',
  validateSearch: parseTimelineSearch,
  component: lazyRouteComponent(() => import('../timeline/TimelinePage'), 'TimelinePage'),
})

const reportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports',
  validateSearch: parseReportSearch,
  component: lazyRouteComponent(() => import('../reports/ReportsPage'), 'ReportsPage'),
})

const newRequestRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/requests/new',
  validateSearch: parseNewRequestSearch,
  component: lazyRouteComponent(() => import('../intake/NewRequestPage'), 'NewRequestPage'),
})

const requestRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/requests/$requestId',
  loader: ({ params }) => prefetchRequest(queryClient, params.requestId),
  component: lazyRouteComponent(() => import('../requests/RequestPage'), 'RequestPage'),
})

const notificationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/notifications',
  component: lazyRouteComponent(
    () => import('../notifications/NotificationsPage'),
    'NotificationsPage',
  ),
})

const viewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/views/$viewId',
  component: lazyRouteComponent(() => import('../views/ViewPage'), 'ViewPage'),
})

const importRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/import',
  component: lazyRouteComponent(() => import('../admin/ImportPage'), 'ImportPage'),
})

const jobsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs',
  component: lazyRouteComponent(() => import('../admin/JobsPage'), 'JobsPage'),
})

const studyTypesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin/study-types',
  component: lazyRouteComponent(
    () => import('../admin/studyTypes/StudyTypesPage'),
    'StudyTypesPage',
  ),
})

const studyTypeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin/study-types/$typeId',
  component: lazyRouteComponent(() => import('../admin/studyTypes/StudyTypePage'), 'StudyTypePage'),
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    shellRoute.addChildren([
      homeRoute,
      requestsRoute,
      boardRoute,
      timelineRoute,
      reportsRoute,
      newRequestRoute,
      requestRoute,
      viewRoute,
      notificationsRoute,
      importRoute,
      jobsRoute,
      studyTypesRoute,
      studyTypeRoute,
    ]),
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  // Who passes over a link does not mean it. What is fetched then is as fresh as the queries say.
  defaultPreloadDelay: 90,
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: PageFault,
  defaultPendingComponent: PagePending,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
})

onSessionEnd(() => {
  const { location } = router.state
  if (location.pathname === '/sign-in') return
  queryClient.clear()
  router.navigate({ to: '/sign-in', search: { next: location.href, ended: '1' }, replace: true })
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface HistoryState {
    /** The address of the list, board, view or page that a request was opened from. */
    from?: string
  }
}
