import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { $api } from '../api/client'
import { messageOf, toFormErrors } from '../api/problem'
import type { components } from '../api/schema'
import { notifyError, offerUndo } from '../ui/notify'
import type { Relation } from './linkWords'
import { activityPath, linksPath } from './paths'
import { linksOptions } from './queries'

export type Link = components['schemas']['Link']
type Links = components['schemas']['Links']

/** Both ends have it in their log, and show it. */
function refresh(client: QueryClient) {
  client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === linksPath })
  client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === activityPath })
}

/** What a link was refused for, in the server's words. */
export function whyNot(error: unknown): string {
  const { fields, form } = toFormErrors(error, ['request'])
  return fields.request ? `The other request: ${fields.request}.` : (form ?? messageOf(error))
}

/** The links of a request, which go at once when they are removed, and come back on wish. */
export function useLinks(requestId: string) {
  const client = useQueryClient()
  const options = linksOptions(requestId)
  const query = useQuery(options)
  const inline = { meta: { inline: true } }
  const adding = $api.useMutation('post', linksPath, inline)
  const removing = $api.useMutation('delete', '/api/requests/{request_id}/links/{link_id}', inline)
  const change = (links: (before: Link[]) => Link[]) =>
    client.setQueryData<Links>(options.queryKey, (now) => now && { links: links(now.links) })

  const add = async (relation: Relation, other: string) => {
    const params = { path: { request_id: requestId } }
    const { link } = await adding.mutateAsync({ params, body: { relation, request: other } })
    change((before) => [...before.filter(({ id }) => id !== link.id), link])
    refresh(client)
  }

  const remove = async (link: Link) => {
    await client.cancelQueries({ queryKey: options.queryKey })
    change((before) => before.filter(({ id }) => id !== link.id))
    try {
      await removing.mutateAsync({ params: { path: { request_id: requestId, link_id: link.id } } })
      offerUndo(`The link to ${link.request.key} is removed.`, () =>
        add(link.relation, link.request.key).catch((error) => notifyError(whyNot(error))),
      )
    } catch (error) {
      notifyError(messageOf(error))
    }
    refresh(client)
  }

  return { query, add, remove, isAdding: adding.isPending }
}
