import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { CriteriaSheet, RequestDetail } from '../api/types'
import { useSession } from '../app/session'
import { useIsPhone } from '../app/useWidth'
import { hasDraft } from '../drafts/drafts'
import { ErrorState } from '../ui/States'
import { Agreement } from './Agreement'
import { CriterionRow } from './CriterionRow'
import { ProposeButton } from './ProposeButton'
import { criteriaOptions, useRequestId } from './queries'
import classes from './Study.module.css'

const CriterionForm = lazy(() => import('./CriterionForm'))

/** What done means: each criterion with its target and what was measured, now and before the revision. */
export function Criteria({ request }: { request: RequestDetail }) {
  const requestId = useRequestId()
  const { data: sheet, error, refetch } = useQuery(criteriaOptions(requestId))
  if (error && !sheet) return <ErrorState error={error} onRetry={() => refetch()} />
  if (sheet && sheet.criteria.length === 0 && !sheet.canChange) return null
  return (
    <section className={classes.section} aria-labelledby="acceptance-criteria">
      <div className={classes.top}>
        <h2 id="acceptance-criteria">Acceptance criteria</h2>
        {sheet && sheet.criteria.length > 0 && (
          <span className={classes.note}>{countWords(sheet)}</span>
        )}
      </div>
      {sheet ? <Sheet {...{ sheet, request }} /> : <Skeleton height={120} mt={12} />}
    </section>
  )
}

function countWords({ criteria }: CriteriaSheet): string {
  const passed = criteria.filter(({ verdict }) => verdict === 'passed').length
  return `${passed} of ${criteria.length} passed`
}

function Sheet({ sheet, request }: { sheet: CriteriaSheet; request: RequestDetail }) {
  const { id: personId } = useSession()
  const draftName = `criterion:new:${request.id}` as const
  const [adding, setAdding] = useState(() => sheet.canChange && hasDraft(personId, draftName))
  const isPhone = useIsPhone()
  const { criteria, round } = sheet
  const hasBefore = criteria.some(({ measurements }) => measurements.some((m) => m.round < round))
  return (
    <>
      {criteria.length === 0 && !adding && (
        <p className={classes.empty}>
          Nobody has said yet what must be reached for this to be done.
        </p>
      )}
      {criteria.length > 0 && (
        <table className={classes.criteria} data-before={hasBefore || undefined}>
          <thead>
            <tr>
              {!isPhone && <th scope="col">Criterion</th>}
              <th scope="col">Target</th>
              {hasBefore && <th scope="col">Before</th>}
              <th scope="col">{hasBefore ? 'Now' : 'Measured'}</th>
            </tr>
          </thead>
          {criteria.map((criterion) => (
            <CriterionRow key={criterion.id} {...{ criterion, sheet, hasBefore, isPhone }} />
          ))}
        </table>
      )}
      {adding && (
        <Suspense fallback={<Skeleton height={160} mt={12} />}>
          <CriterionForm draftName={draftName} onDone={() => setAdding(false)} />
        </Suspense>
      )}
      {sheet.canChange && !adding && (
        <div className={classes.buttons}>
          <Button variant="default" size="xs" onClick={() => setAdding(true)}>
            Add a criterion
          </Button>
          {request.studyType && <ProposeButton studyType={request.studyType} criteria={criteria} />}
        </div>
      )}
      {criteria.length > 0 && <Agreement sheet={sheet} request={request} />}
    </>
  )
}
