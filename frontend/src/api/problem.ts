import type { components } from './schema'

export type Problem = Partial<components['schemas']['Problem']> & { [extra: string]: unknown }
export type FieldErrors = Record<string, string>

/** A call that did not succeed. `status` is 0 where no answer came at all. */
export class ApiError extends Error {
  override name = 'ApiError'

  constructor(
    readonly status: number,
    readonly problem: Problem,
    readonly retryAfter: number | null = null,
  ) {
    super(problem.detail || problem.title || `The server answered ${status}.`)
  }
}

export async function errorFromResponse(response: Response): Promise<ApiError> {
  const problem = await response
    .clone()
    .json()
    .catch(() => ({}))
  const seconds = Number(response.headers.get('Retry-After'))
  return new ApiError(response.status, problem ?? {}, seconds > 0 ? seconds : null)
}

/** What to tell the reader: what is wrong and what to do about it. */
export function messageOf(error: unknown): string {
  if (!(error instanceof ApiError)) return 'The page ran into a fault. Reload it and try again.'
  if (error.status === 0) return 'The server cannot be reached. Check the connection and try again.'
  if (error.status === 503 || error.status === 502 || error.status === 504) {
    return 'The database cannot be reached right now. Nothing was changed; try again in a moment.'
  }
  if (error.status === 429 && error.retryAfter) {
    return `Too many attempts. Try again in ${error.retryAfter} s.`
  }
  return error.message
}

/**
 * Sorts a server's answer into a form: errors of fields that the form has go to these fields,
 * and only what has no field there is left as the form's own message. Nothing is said twice.
 */
export function toFormErrors(
  error: unknown,
  fields: readonly string[],
): { fields: FieldErrors; form: string | null } {
  const listed = error instanceof ApiError ? (error.problem.errors ?? []) : []
  if (listed.length === 0) return { fields: {}, form: messageOf(error) }
  const own: FieldErrors = {}
  const rest: string[] = []
  for (const { field, message } of listed) {
    const sentence = message.charAt(0).toUpperCase() + message.slice(1)
    if (fields.includes(field)) own[field] = own[field] ? `${own[field]} ${sentence}` : sentence
    else rest.push(field ? `${field}: ${message}` : message)
  }
  return { fields: own, form: rest.length > 0 ? rest.join(' ') : null }
}
