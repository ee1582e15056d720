import type { QueryClient } from '@tanstack/react-query'
import { $api } from '../api/client'
import { messageOf } from '../api/problem'
import type { Comment, RequestDetail } from '../api/types'
import { notify, notifyError } from '../ui/notify'
import { asMarkdown } from './asMarkdown'
import { linksOptions } from './queries'

/** Puts a request into the clipboard; internal comments only for who chose them. */
export async function copyAsMarkdown(
  client: QueryClient,
  request: RequestDetail,
  comments: readonly Comment[],
): Promise<void> {
  const params = { path: { request_id: request.id } }
  const form = $api.queryOptions('get', '/api/requests/{request_id}/form', { params })
  const listed = $api.queryOptions('get', '/api/requests/{request_id}/criteria', { params })
  try {
    const [{ links }, { values }, { criteria }] = await Promise.all([
      client.fetchQuery({ ...linksOptions(request.id), staleTime: 10_000 }),
      client.fetchQuery({ ...form, staleTime: 10_000 }),
      client.fetchQuery({ ...listed, staleTime: 10_000 }),
    ])
    const told = { request, comments, links, values: Object.values(values), criteria }
    await intoClipboard(asMarkdown(told))
    notify(`${request.key} is in the clipboard, as Markdown.`)
  } catch (error) {
    notifyError(
      error instanceof DOMException
        ? 'The browser does not let this page write into the clipboard. Allow it, then copy again.'
        : messageOf(error),
    )
  }
}

async function intoClipboard(text: string): Promise<void> {
  // Missing where the page comes over plain http.
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const field = document.createElement('textarea')
  field.value = text
  document.body.append(field)
  field.select()
  const isDone = document.execCommand('copy')
  field.remove()
  if (!isDone) throw new DOMException('The clipboard is closed.')
}
