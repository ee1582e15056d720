import { Button } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { CriteriaSheet, Criterion, Measurement } from '../api/types'
import { useSession } from '../app/session'
import { hasDraft } from '../drafts/drafts'
import { measuredWords, resultsOf, targetWords } from './criteriaWords'
import { Evidence, History } from './Evidence'
import classes from './Study.module.css'
import { Verdict, verdictOf } from './Verdict'

const CriterionForm = lazy(() => import('./CriterionForm'))
const MeasureForm = lazy(() => import('./MeasureForm'))

type Open = 'edit' | 'measure' | null

/** What was not saved goes on where it was left. */
function leftOpen(personId: string, { id }: Criterion, sheet: CriteriaSheet): Open {
  if (sheet.canChange && hasDraft(personId, `criterion:${id}`)) return 'edit'
  return sheet.canMeasure && hasDraft(personId, `measure:${id}`) ? 'measure' : null
}

interface Props {
  criterion: Criterion
  sheet: CriteriaSheet
  hasBefore: boolean
  isPhone: boolean
}

/** One criterion: a row of the table, on a phone two, and below it what is being typed. */
export function CriterionRow({ criterion, sheet, hasBefore, isPhone }: Props) {
  const { id: personId } = useSession()
  const [open, setOpen] = useState(() => leftOpen(personId, criterion, sheet))
  const results = resultsOf(criterion, sheet.round)
  const columns = (hasBefore ? 3 : 2) + (isPhone ? 0 : 1)
  const close = () => setOpen(null)
  const name = (
    <th scope={isPhone ? 'rowgroup' : 'row'} colSpan={isPhone ? columns : 1}>
      <div className={classes.criterion}>
        <bdi className={classes.name}>{criterion.name}</bdi>
        {!criterion.required && <span className={classes.optional}>not required</span>}
      </div>
      {!open && (sheet.canMeasure || sheet.canChange) && (
        <RowButtons {...{ criterion, sheet }} onOpen={setOpen} />
      )}
    </th>
  )
  const cells = (
    <>
      <td className={classes.target}>{targetWords(criterion)}</td>
      {hasBefore && <ResultCell result={results.before} />}
      <td>
        {results.now ? <Result result={results.now} /> : <Verdict verdict="open" />}
        <History results={results.earlier} />
      </td>
    </>
  )
  return (
    <tbody data-verdict={criterion.verdict}>
      {isPhone ? (
        <>
          <tr className={classes.nameRow}>{name}</tr>
          <tr>{cells}</tr>
        </>
      ) : (
        <tr>
          {name}
          {cells}
        </tr>
      )}
      {open && (
        <tr>
          <td colSpan={columns} className={classes.inner}>
            <Suspense>
              {open === 'edit' ? (
                <CriterionForm
                  criterion={criterion}
                  draftName={`criterion:${criterion.id}`}
                  onDone={close}
                />
              ) : (
                <MeasureForm criterion={criterion} onDone={close} />
              )}
            </Suspense>
          </td>
        </tr>
      )}
    </tbody>
  )
}

function ResultCell({ result }: { result: Measurement | null }): ReactNode {
  return <td>{result ? <Result result={result} /> : <span className={classes.nothing}>–</span>}</td>
}

function Result({ result }: { result: Measurement }) {
  const value = measuredWords(result)
  return (
    <div className={classes.result}>
      <span className={classes.measured}>
        {value && <b>{value}</b>}
        <Verdict verdict={verdictOf(result.passed)} />
      </span>
      <Evidence result={result} />
    </div>
  )
}

interface ButtonsProps {
  criterion: Criterion
  sheet: CriteriaSheet
  onOpen: (what: 'edit' | 'measure') => void
}

function RowButtons({ criterion, sheet, onOpen }: ButtonsProps) {
  return (
    <div className={classes.rowButtons}>
      {sheet.canMeasure && (
        <Button
          variant={criterion.verdict === 'open' ? 'light' : 'subtle'}
          size="compact-xs"
          aria-label={`Record a result: ${criterion.name}`}
          onClick={() => onOpen('measure')}
        >
          Record result
        </Button>
      )}
      {sheet.canChange && (
        <Button
          variant="subtle"
          size="compact-xs"
          aria-label={`Change the criterion: ${criterion.name}`}
          onClick={() => onOpen('edit')}
        >
          Change
        </Button>
      )}
    </div>
  )
}
