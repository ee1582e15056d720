/**
 * Each page's code by its address; `$` stands for any one segment, and the first that fits is meant. The document
 * runs this file before all others, so that a visit asks at once for the code of its page, and not when the app runs.
 */
export const pageCode = {
  '/sign-in': () => import('./SignInPage'),
  '/': () => import('../home/HomePage'),
  '/requests': () => import('../requests/RequestsPage'),
  '/requests/new': () => import('../intake/NewRequestPage'),
  '/requests/$requestId': () => import('../requests/RequestPage'),
  '/board': () => import('../board/BoardPage'),
  '/timeline': () => import('../timeline/TimelinePage'),
  '/reports': () => import('../reports/ReportsPage'),
  '/notifications': () => import('../notifications/NotificationsPage'),
  '/views/$viewId': () => import('../views/ViewPage'),
  '/import': () => import('../admin/ImportPage'),
  '/jobs': () => import('../admin/JobsPage'),
  '/admin/study-types': () => import('../admin/studyTypes/StudyTypesPage'),
  '/admin/study-types/$typeId': () => import('../admin/studyTypes/StudyTypePage'),
}

const fits = (address: string) =>
  new RegExp(`^${address.replace(/\$\w+/g, '[^/]+')}/?$`).test(location.pathname)
const here = Object.entries(pageCode).find(([address]) => fits(address))

// Before the code: the browser asks for few files at a time.
if (here && here[0] !== '/sign-in') {
  const session = document.createElement('link')
  Object.assign(session, { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous' })
  session.href = '/api/auth/session'
  document.head.append(session)
}

// Where it fails, the router asks again and tells so.
here?.[1]().catch(() => undefined)
