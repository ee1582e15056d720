import { useQueryClient } from '@tanstack/react-query'
import { $api } from '../api/client'
import { toFormErrors } from '../api/problem'
import type { RequestDetail } from '../api/types'
import { notifyError, offerUndo } from '../ui/notify'
import { dayWords } from '../ui/timeWords'
import { useShowWhatIsSo } from './moves'
import { currentOf, ifMatch, showRequest } from './queries'

type Field = 'priority' | 'vendor' | 'dueDate' | 'tags'
type Value = RequestDetail[Field]
type Change = Partial<Pick<RequestDetail, Field>>

const words: Record<Field, string> = {
  priority: 'Priority',
  vendor: 'Vendor',
  dueDate: 'Due date',
  tags: 'Tags',
}

const isSame = (one: Value, other: Value) => JSON.stringify(one) === JSON.stringify(other)

/** The server's reason, with what is wrong with which value. */
const refusalOf = (error: unknown) => toFormErrors(error, []).form ?? ''

/** What a property is now, as a sentence. */
function told(field: Field, { key, [field]: value }: RequestDetail): string {
  const shown = field === 'dueDate' && value ? dayWords(String(value)) : [value].flat().join(', ')
  if (!shown) return `${key} has no ${words[field].toLowerCase()}.`
  return `${words[field]} of ${key} ${field === 'tags' ? 'are' : 'is'} ${shown}.`
}

/** One property, changed where it stands: shown at once, back again where it is refused, undone on wish. */
export function useFieldEdit<F extends Field>(field: F) {
  const client = useQueryClient()
  const showWhatIsSo = useShowWhatIsSo()
  const patch = $api.useMutation('patch', '/api/requests/{request_id}', { meta: { inline: true } })

  const send = async (seen: RequestDetail, value: Value) => {
    const params = { path: { request_id: seen.id }, header: ifMatch(seen.version) }
    const { request } = await patch.mutateAsync({ params, body: { [field]: value } as Change })
    showRequest(client, request)
    return request
  }

  /** Puts back what was there, unless somebody has changed the request since. */
  const undo = async (saved: RequestDetail, before: Value) => {
    try {
      await send(saved, before)
    } catch (error) {
      showWhatIsSo(error)
      notifyError(
        currentOf(error)
          ? `${words[field]} of ${saved.key} is not put back: somebody has changed the request since.`
          : refusalOf(error),
      )
    }
  }

  const change = async (seen: RequestDetail, value: RequestDetail[F]) => {
    if (isSame(value, seen[field])) return
    try {
      const saved = await send(seen, value)
      offerUndo(told(field, saved), () => undo(saved, seen[field]))
    } catch (error) {
      showWhatIsSo(error)
      notifyError(
        currentOf(error)
          ? `${words[field]} stays: somebody has changed ${seen.key} meanwhile. Look again and change it then.`
          : refusalOf(error),
      )
    }
  }

  return {
    change,
    /** Shown while the server has not answered; gone again where it refuses. */
    pending: patch.isPending
      ? (patch.variables.body[field] as RequestDetail[F] | undefined)
      : undefined,
  }
}
