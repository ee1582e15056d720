import { useQueryClient } from '@tanstack/react-query'
import { $api } from '../api/client'
import { messageOf } from '../api/problem'
import type { RequestDetail } from '../api/types'
import { notifyError, offerUndo } from '../ui/notify'
import { useShowWhatIsSo } from './moves'
import { currentOf, ifMatch, showRequest } from './queries'

type Field = 'priority' | 'vendor'
type Change = Partial<Pick<RequestDetail, Field>>

const words: Record<Field, string> = { priority: 'Priority', vendor: 'Vendor' }

/** One property, changed where it stands: shown at once, back again where it is refused, undone on wish. */
export function useFieldEdit(field: Field) {
  const client = useQueryClient()
  const showWhatIsSo = useShowWhatIsSo()
  const patch = $api.useMutation('patch', '/api/requests/{request_id}', { meta: { inline: true } })

  const send = async (seen: RequestDetail, value: string) => {
    const params = { path: { request_id: seen.id }, header: ifMatch(seen.version) }
    const { request } = await patch.mutateAsync({ params, body: { [field]: value } as Change })
    showRequest(client, request)
    return request
  }

  /** Puts back what was there, unless somebody has changed the request since. */
  const undo = async (saved: RequestDetail, before: string) => {
    try {
      await send(saved, before)
    } catch (error) {
      showWhatIsSo(error)
      notifyError(
        currentOf(error)
          ? `${words[field]} of ${saved.key} is not put back: somebody has changed the request since.`
          : messageOf(error),
      )
    }
  }

  const change = async (seen: RequestDetail, value: string) => {
    if (value === seen[field]) return
    try {
      const saved = await send(seen, value)
      offerUndo(`${words[field]} of ${seen.key} is ${saved[field]}.`, () =>
        undo(saved, seen[field]),
      )
    } catch (error) {
      showWhatIsSo(error)
      notifyError(
        currentOf(error)
          ? `${words[field]} stays: somebody has changed ${seen.key} meanwhile. Look again and change it then.`
          : messageOf(error),
      )
    }
  }

  return {
    change,
    /** Shown while the server has not answered; gone again where it refuses. */
    pending: patch.isPending ? patch.variables.body[field] : undefined,
  }
}
