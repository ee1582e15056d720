import type { QueryClient } from '@tanstack/react-query'
import { criteriaOptions, formOptions } from '../study/queries'
import { detailOptions, linksOptions } from './queries'
import { activityOptions } from './useActivity'

/** Asks for what a request's page shows, and waits for nothing: the page has its own skeleton and errors. */
export function prefetchRequest(client: QueryClient, requestId: string): void {
  client.prefetchQuery(detailOptions(requestId))
  client.prefetchQuery(formOptions(requestId))
  client.prefetchQuery(criteriaOptions(requestId))
  client.prefetchInfiniteQuery(activityOptions(requestId))
  client.prefetchQuery(linksOptions(requestId))
}
