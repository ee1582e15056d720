import type { QueryClient } from '@tanstack/react-query'
import { coalesced } from './coalesce'
import type { QueryKey } from './touched'

/** A query asks the server at most this often for live changes. */
const GAP = 200

/**
 * Has queries ask the server again. One that is asking already is not disturbed but asks once more when it has its
 * answer: that may have been given before the change, and under a steady stream of changes none would ever arrive.
 */
export function refresher(client: QueryClient) {
  const cache = client.getQueryCache()
  const touched = coalesced<string>((hashes) => {
    const busy: string[] = []
    for (const hash of hashes) {
      const query = cache.get(hash)
      if (query?.state.fetchStatus === 'fetching') busy.push(hash)
      else if (query) client.invalidateQueries({ queryKey: query.queryKey, exact: true })
    }
    return busy
  }, GAP)
  const where = (isWanted: (key: QueryKey, data: unknown) => boolean) => {
    for (const query of cache.getAll()) {
      if (isWanted(query.queryKey, query.state.data)) touched.add(query.queryHash)
    }
  }
  return {
    where,
    all: () => where((key) => /^\/api\/(requests|notifications)/.test(String(key[1]))),
    stop: touched.clear,
  }
}
