import createFetchClient, { type Middleware } from 'openapi-fetch'
import createQueryClient from 'openapi-react-query'
import { noteMark } from './mark'
import { ApiError, errorFromResponse } from './problem'
import type { paths } from './schema'

const sessionEndListeners = new Set<() => void>()

/** Calls back when the server says that there is no session any more. */
export function onSessionEnd(listener: () => void): () => void {
  sessionEndListeners.add(listener)
  return () => sessionEndListeners.delete(listener)
}

export function endSession(): void {
  for (const listener of sessionEndListeners) listener()
}

const errors: Middleware = {
  async onResponse({ response, schemaPath }) {
    if (response.ok) return noteMark(schemaPath, response)
    if (response.status === 401 && !schemaPath.startsWith('/api/auth/')) endSession()
    throw await errorFromResponse(response)
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === 'AbortError') return
    return new ApiError(0, {})
  },
}

export const api = createFetchClient<paths>({ baseUrl: window.location.origin })
api.use(errors)

export const $api = createQueryClient(api)
