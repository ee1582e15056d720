import { $api } from '../api/client'
import { ApiError } from '../api/problem'
import type { DraftName } from '../drafts/drafts'
import { useDraft } from '../drafts/useDraft'
import type { RequestValues } from '../requests/RequestFields'
import { emptyValues, type Values, valuesOf } from './content'
import { type Held, heldNowhere } from './draftKeeper'
import type { NewRequestSearch } from './search'

/** What this browser remembers of a request that is being written. */
export interface Kept {
  values: Values
  id: string | null
  version: number
  isSaved: boolean
}

export interface Beginning {
  values: Values
  held: Held
}

function slotOf({ draft, from, template }: NewRequestSearch): DraftName {
  if (draft) return `new:draft:${draft}`
  if (from) return `new:from:${from}`
  return template ? `new:template:${template}` : 'new'
}

/** Drafts of before had the four fields and nothing around them. */
function keptOf(found: Kept | RequestValues | undefined): Kept | null {
  if (!found) return null
  if ('values' in found) return { ...found, values: { ...emptyValues, ...found.values } }
  return { values: { ...emptyValues, ...found }, id: null, version: 0, isSaved: false }
}

/**
 * What the form begins with: what this browser kept, what the server kept, a copy, a template, or nothing.
 * Both of a draft are asked: what was typed here and has not been saved goes before what the server has.
 */
export function useBeginning(search: NewRequestSearch) {
  const draft = useDraft<Kept>(slotOf(search), { lastWins: true })
  const kept = keptOf(draft.found)
  const id = kept ? kept.id : (search.draft ?? null)
  const once = { retry: false, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }
  const server = $api.useQuery(
    'get',
    '/api/drafts/{draft_id}',
    { params: { path: { draft_id: id ?? '' } } },
    { ...once, enabled: id !== null },
  )
  const from = kept ? undefined : search.from
  const copy = $api.useQuery(
    'get',
    '/api/requests/{request_id}/copy',
    { params: { path: { request_id: from ?? '' } } },
    { ...once, enabled: from !== undefined },
  )
  const template = kept ? undefined : search.template
  const templates = $api.useQuery(
    'get',
    '/api/templates',
    {},
    { enabled: template !== undefined, retry: false },
  )
  const isPending =
    (id !== null && server.isPending) ||
    (from !== undefined && copy.isPending) ||
    (template !== undefined && templates.isPending)
  const chosen = templates.data?.templates.find((one) => one.id === template)
  const content = copy.data?.content ?? chosen?.content
  const isGone = server.error instanceof ApiError && server.error.status === 404
  const told = server.data?.draft
  let beginning: Beginning | null = null
  if (kept && isGone) {
    beginning = { values: kept.isSaved ? emptyValues : kept.values, held: heldNowhere }
  } else if (kept && !(kept.isSaved && told)) {
    const where = kept.isSaved ? 'server' : 'browser'
    beginning = { values: kept.values, held: { ...heldNowhere, ...heldOf(kept), where } }
  } else if (told) {
    const held: Held = { ...heldNowhere, ...heldOf(told), where: 'server' }
    beginning = { values: valuesOf(told.content), held }
  } else if (content) {
    beginning = { values: valuesOf(content), held: heldNowhere }
  } else if (id === null && from === undefined && template === undefined) {
    beginning = { values: emptyValues, held: heldNowhere }
  }
  const error = server.error ?? copy.error ?? templates.error
  return { draft, isPending, beginning, error, retry: () => void location.reload() }
}

function heldOf({ id, version }: { id: string | null; version: number }) {
  return { id, version }
}
