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
import { pageCode, takeRows } from './pageCode'
import { queryClient } from './queryClient'
import { Shell } from './Shell'
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
  component: lazyRouteComponent(pageCode['/sign-in'], 'SignInPage'),
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
  component: Shell,
})

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: lazyRouteComponent(pageCode['/'], 'HomePage'),
})

const requestsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/requests',
  validateSearch: parseListSearch,
  loader: () => takeRows(),
  component: lazyRouteComponent(pageCode['/requests'], 'RequestsPage'),
})

const boardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/board',
  validateSearch: parseListSearch,
  component: lazyRouteComponent(pageCode['/board'], 'BoardPage'),
})

const timelineRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/timeline',
  validateSearch: parseTimelineSearch,
  component: lazyRouteComponent(pageCode['/timeline'], 'TimelinePage'),
})

const reportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports',
  validateSearch: parseReportSearch,
  component: lazyRouteComponent(pageCode['/reports'], 'ReportsPage'),
})

const newRequestRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/requests/new',
  validateSearch: parseNewRequestSearch,
  component: lazyRouteComponent(pageCode['/requests/new'], 'NewRequestPage'),
})

const requestRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/requests/$requestId',
  loader: ({ params }) => prefetchRequest(queryClient, params.requestId),
  component: lazyRouteComponent(pageCode['/requests/$requestId'], 'RequestPage'),
})

const notificationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/notifications',
  component: lazyRouteComponent(pageCode['/notifications'], 'NotificationsPage'),
})

const viewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/views/$viewId',
  component: lazyRouteComponent(pageCode['/views/$viewId'], 'ViewPage'),
})

const importRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/import',
  component: lazyRouteComponent(pageCode['/import'], 'ImportPage'),
})

const jobsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs',
  component: lazyRouteComponent(pageCode['/jobs'], 'JobsPage'),
})

const studyTypesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin/study-types',
  component: lazyRouteComponent(pageCode['/admin/study-types'], 'StudyTypesPage'),
})

const studyTypeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin/study-types/$typeId',
  component: lazyRouteComponent(pageCode['/admin/study-types/$typeId'], 'StudyTypePage'),
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
