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

/** Asked for before there is an app to ask for it, which then finds it there. */
function ask(href: string) {
  const link = document.createElement('link')
  Object.assign(link, { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href })
  document.head.append(link)
  return link
}

/** What the list asks for where its address chooses nothing; a test holds that it asks for the same. */
const plainRows = ['/api/requests/counts', '/api/requests?sort=-createdAt&limit=100']
let isPlainList = here?.[0] === '/requests' && location.search === ''

/** The app asks for the list's rows itself from now on, and finds those that are on their way. */
export function takeRows(): void {
  isPlainList = false
}

// Before the code: the browser asks for few files at a time.
if (here && here[0] !== '/sign-in') {
  const session = ask('/api/auth/session')
  // Rows only then: the stream of events resumes from where the session's answer says, and must miss nothing of them.
  session.onload = () => {
    const told = performance.getEntriesByName(session.href, 'resource')[0]
    const isKnown = (told as PerformanceResourceTiming | undefined)?.responseStatus === 200
    if (isKnown && isPlainList) plainRows.forEach(ask)
  }
}

// Where it fails, the router asks again and tells so.
here?.[1]().catch(() => undefined)
