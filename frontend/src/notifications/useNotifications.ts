import {
  type InfiniteData,
  infiniteQueryOptions,
  useInfiniteQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { $api, api } from '../api/client'
import type { components } from '../api/schema'
import { notificationsPath } from './paths'

export type Notification = components['schemas']['Notification']
type Page = components['schemas']['NotificationPage']

function listOptions(unread: boolean) {
  return infiniteQueryOptions({
    queryKey: ['get', notificationsPath, { list: unread ? 'unread' : 'all' }],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }): Promise<Page> => {
      const params = { query: { unread, cursor: pageParam } }
      const { data } = await api.GET(notificationsPath, { params, signal })
      return data ?? { notifications: [], unread: 0, nextCursor: null }
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
}

const whatever = { queryKey: ['get', notificationsPath] }

/** What the person was told, newest first; what is marked as read is so at once. */
export function useNotifications(unread: boolean) {
  const client = useQueryClient()
  const query = useInfiniteQuery(listOptions(unread))
  const again = { onSettled: () => client.invalidateQueries(whatever) }
  const one = $api.useMutation('put', '/api/notifications/{notification_id}/read', again)
  const all = $api.useMutation('post', '/api/notifications/read', again)

  const showRead = async (isMeant: (one: Notification) => boolean) => {
    await client.cancelQueries(whatever)
    const readAt = new Date().toISOString()
    const read = (page: Page): Page => ({
      ...page,
      notifications: page.notifications.map((told) =>
        isMeant(told) && told.readAt === null ? { ...told, readAt } : told,
      ),
    })
    for (const list of [true, false]) {
      client.setQueryData<InfiniteData<Page, string | undefined>>(
        listOptions(list).queryKey,
        (data) => data && { ...data, pages: data.pages.map(read) },
      )
    }
  }

  return {
    query,
    notifications: query.data?.pages.flatMap((page) => page.notifications) ?? [],
    unread: query.data?.pages[0]?.unread ?? 0,
    read(told: Notification) {
      if (told.readAt !== null) return
      showRead(({ id }) => id === told.id)
      // It goes on when its link leads to another page.
      one.mutate({ params: { path: { notification_id: String(told.id) } }, keepalive: true })
    },
    readAll() {
      showRead(() => true)
      all.mutate({})
    },
  }
}
