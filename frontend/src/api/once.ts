import { ApiError } from './problem'

/** A key that no other submission has. `randomUUID` is missing where the page comes over plain http. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** No answer, or none of Sim-Flow's own: whether it was done nobody knows. */
function isLost(error: unknown): boolean {
  return error instanceof ApiError && [0, 502, 503, 504].includes(error.status)
}

const TRIES_MORE = 3

/** For calls that carry a key, and so may be sent again without being done twice. */
export const retriedSafely = {
  retry: (failures: number, error: unknown) => isLost(error) && failures < TRIES_MORE,
  retryDelay: (failures: number) => 400 * 2 ** failures,
}

/** A write that was started goes on when its page is left. Browsers take 64 KB of that. */
export function keptAlive(text = ''): { keepalive: boolean } {
  return { keepalive: text.length < 15_000 }
}
