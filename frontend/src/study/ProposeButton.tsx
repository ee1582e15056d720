import { Button } from '@mantine/core'
import { $api } from '../api/client'
import { messageOf } from '../api/problem'
import type { Criterion } from '../api/types'
import { notifyError } from '../ui/notify'
import { useRequestId, useShowSheet, useStudyTypes } from './queries'

interface Props {
  studyType: string
  criteria: readonly Criterion[]
}

/** Offers what the type of study proposes and is not there yet. */
export function ProposeButton({ studyType, criteria }: Props) {
  const requestId = useRequestId()
  const show = useShowSheet()
  const type = useStudyTypes()?.find(({ id }) => id === studyType)
  const propose = $api.useMutation('post', '/api/requests/{request_id}/criteria/propose', {
    meta: { inline: true },
    onSuccess: show,
    onError: (error) => notifyError(messageOf(error)),
  })
  const there = new Set(criteria.map(({ name }) => name))
  const count = (type?.criteria ?? []).filter(({ name }) => !there.has(name)).length
  if (!type || count === 0) return null
  return (
    <Button
      variant="default"
      size="xs"
      loading={propose.isPending}
      onClick={() => propose.mutate({ params: { path: { request_id: requestId } } })}
    >
      Add {count} proposed for {type.name}
    </Button>
  )
}
