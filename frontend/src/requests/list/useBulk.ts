import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { $api } from '../../api/client'
import { newKey, retriedSafely } from '../../api/once'
import { messageOf } from '../../api/problem'
import type { components } from '../../api/schema'
import type { Request } from '../../api/types'
import { notifyError } from '../../ui/notify'
import { refreshRequest } from '../queries'
import { type Change, doneWords, undoOf } from './bulk'

export type Refused = components['schemas']['Refused']

export interface Outcome {
  words: string
  refused: Refused[]
  /** Takes back what was done; null where that is not possible. */
  undo: (() => void) | null
}

export type Bulk = ReturnType<typeof useBulk>

/** Changes many requests in one call: what is refused is told, the rest is done. */
export function useBulk() {
  const client = useQueryClient()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const call = $api.useMutation('post', '/api/requests/bulk', {
    ...retriedSafely,
    meta: { inline: true },
    onSettled: () => refreshRequest(client),
  })
  const send = async (requests: { id: string }[], change: Change) => {
    const params = { header: { 'Idempotency-Key': newKey() } }
    const body = { requests: requests.map(({ id }) => id), ...change }
    return call.mutateAsync({ params, body })
  }
  const tell = (error: unknown) => notifyError(messageOf(error))
  const change = async (requests: Request[], to: Change) => {
    setOutcome(null)
    const { done, refused } = await send(requests, to)
    const steps = undoOf(requests, done, to)
    const takeBack = async () => {
      setOutcome(null)
      const answers = await Promise.all(steps.map((step) => send(step.requests, step.change)))
      const failed = answers.flatMap((answer) => answer.refused)
      const back = answers.reduce((sum, answer) => sum + answer.done.length, 0)
      setOutcome({ words: `${back} put back as before`, refused: failed, undo: null })
    }
    const undo = steps.length > 0 ? () => void takeBack().catch(tell) : null
    setOutcome({ words: doneWords(done.length, to), refused, undo })
    return { done, refused }
  }
  return {
    /** An error of the whole call is shown as any other. */
    change: (requests: Request[], to: Change) => change(requests, to).catch(tell),
    /** For a form, which shows an error of the whole call itself. */
    attempt: change,
    outcome,
    forget: () => setOutcome(null),
    isPending: call.isPending,
  }
}

/** Why nothing at all was done, or null: then a form has done its part. */
export function whyNothing({ done, refused }: { done: Request[]; refused: Refused[] }) {
  if (done.length > 0 || refused.length === 0) return null
  return [...new Set(refused.map(({ detail }) => detail))].join(' ')
}
