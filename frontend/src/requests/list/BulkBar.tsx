import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useShortcuts } from '../../commands/useShortcuts'
import { Flyout } from '../../ui/Flyout'
import type { ListSearch } from '../listSearch'
import { PriorityMark } from '../Marks'
import { priorities } from '../status'
import classes from './BulkBar.module.css'
import { BulkOutcome } from './BulkOutcome'
import { mostSelected } from './selection'
import { useBulk } from './useBulk'
import type { Selection } from './useSelection'
import { useSelectMatching } from './useSelectMatching'

const BulkAssign = lazy(() => import('./BulkAssign'))
const BulkMove = lazy(() => import('./BulkMove'))

interface Props {
  selection: Selection
  search: ListSearch
}

/** What can be done with all selected rows at once. */
export default function BulkBar({ selection, search }: Props) {
  const [asking, setAsking] = useState<'assign' | 'move' | null>(null)
  const bulk = useBulk()
  const requests = [...selection.selected.values()]
  const count = requests.length
  useShortcuts([
    { keys: 'a', label: 'Assign what is selected', group: 'List', run: () => setAsking('assign') },
    { keys: 's', label: 'Move what is selected', group: 'List', run: () => setAsking('move') },
    { keys: 'Escape', label: 'Select nothing', group: 'List', run: selection.clear },
  ])
  return (
    <>
      <section className={classes.bar} aria-label="Selected requests">
        <b role="status">{count.toLocaleString('en')} selected</b>
        <Matching selection={selection} search={search} />
        <Button size="xs" variant="default" onClick={() => setAsking('assign')}>
          Assign
        </Button>
        <Button size="xs" variant="default" onClick={() => setAsking('move')}>
          Move
        </Button>
        <Flyout label="Priority" buttonClass={classes.button} button="Prioritise">
          {(close) =>
            priorities.map((priority) => (
              <button
                key={priority}
                type="button"
                className={classes.item}
                onClick={() => {
                  close()
                  bulk.change(requests, { priority })
                }}
              >
                <PriorityMark priority={priority} />
              </button>
            ))
          }
        </Flyout>
        <button
          type="button"
          className={classes.close}
          aria-label="Select nothing"
          onClick={selection.clear}
        >
          <IconX size={16} aria-hidden />
        </button>
      </section>
      {bulk.outcome && <BulkOutcome outcome={bulk.outcome} onClose={bulk.forget} />}
      <Suspense>
        {asking === 'assign' && (
          <BulkAssign requests={requests} bulk={bulk} onClose={() => setAsking(null)} />
        )}
        {asking === 'move' && (
          <BulkMove requests={requests} bulk={bulk} onClose={() => setAsking(null)} />
        )}
      </Suspense>
    </>
  )
}

/** Everything that matches, as far as one change can take it, and not only what is loaded. */
function Matching({ selection, search }: Props) {
  const { total, isLoading, select } = useSelectMatching(selection, search)
  if (total === undefined || total <= selection.selected.size) return null
  const most = Math.min(total, mostSelected)
  if (selection.selected.size >= most) return null
  return (
    <button type="button" className={classes.all} disabled={isLoading} onClick={select}>
      {most < total
        ? `Select the first ${most} of ${total.toLocaleString('en')}`
        : `Select all ${total.toLocaleString('en')}`}
    </button>
  )
}
