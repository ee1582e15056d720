import { Button } from '@mantine/core'
import { $api } from '../api/client'
import { messageOf } from '../api/problem'
import type { CriteriaSheet, RequestDetail } from '../api/types'
import { notifyError } from '../ui/notify'
import { Time } from '../ui/Time'
import { useRequestId, useShowSheet } from './queries'
import classes from './Study.module.css'

interface Props {
  sheet: CriteriaSheet
  request: RequestDetail
}

/** Whether both sides agree to the criteria as they stand, and the button for one's own side. */
export function Agreement({ sheet, request }: Props) {
  const requestId = useRequestId()
  const show = useShowSheet()
  const agree = $api.useMutation('post', '/api/requests/{request_id}/criteria/agree', {
    meta: { inline: true },
    onSuccess: show,
    onError: (error) => notifyError(messageOf(error)),
  })
  const { requester, team } = sheet.agreement
  return (
    <div className={classes.agreement}>
      <p>
        <Side side="Requester" agreed={requester} waitsFor={request.createdByName} />
        <Side
          side="Team"
          agreed={team}
          waitsFor={request.assignedToName ?? 'whoever accepts the work'}
        />
      </p>
      {sheet.canAgree && (
        <Button
          size="xs"
          loading={agree.isPending}
          onClick={() => agree.mutate({ params: { path: { request_id: requestId } } })}
        >
          Agree to these criteria
        </Button>
      )}
    </div>
  )
}

interface SideProps {
  side: string
  agreed: CriteriaSheet['agreement']['team']
  waitsFor: string
}

function Side({ side, agreed, waitsFor }: SideProps) {
  return (
    <span className={classes.side} data-agreed={agreed !== null || undefined}>
      {side}:{' '}
      {agreed ? (
        <>
          <bdi>{agreed.name}</bdi> agreed <Time at={agreed.at} />
        </>
      ) : (
        <>
          not agreed yet, waits for <bdi>{waitsFor}</bdi>
        </>
      )}
    </span>
  )
}
