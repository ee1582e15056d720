import { useQuery, useQueryClient } from '@tanstack/react-query'
import { $api } from '../api/client'
import type { components } from '../api/schema'
import { useSession } from '../app/session'

type Watchers = components['schemas']['Watchers']

function watchersOptions(requestId: string) {
  return $api.queryOptions('get', '/api/requests/{request_id}/watchers', {
    params: { path: { request_id: requestId } },
  })
}

/** Who watches a request; one's own wish shows at once, and is back as it was where it is refused. */
export function useWatching(requestId: string) {
  const client = useQueryClient()
  const me = useSession()
  const options = watchersOptions(requestId)
  const query = useQuery(options)
  const watch = $api.useMutation('put', '/api/requests/{request_id}/watchers/me')
  const stop = $api.useMutation('delete', '/api/requests/{request_id}/watchers/me')
  const set = async (watching: boolean) => {
    await client.cancelQueries({ queryKey: options.queryKey })
    const before = client.getQueryData<Watchers>(options.queryKey)
    if (before) {
      const others = before.watchers.filter(({ id }) => id !== me.id)
      const mine = { id: me.id, name: me.name, role: me.role }
      const watchers = watching ? [...others, mine] : others
      client.setQueryData<Watchers>(options.queryKey, { watchers, watching })
    }
    const params = { path: { request_id: requestId } }
    try {
      await (watching ? watch : stop).mutateAsync({ params })
    } catch {
      client.setQueryData(options.queryKey, before)
    }
    client.invalidateQueries({ queryKey: options.queryKey })
  }
  return { query, set, isSaving: watch.isPending || stop.isPending }
}
