import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useShortcuts } from '../../commands/useShortcuts'
import { Flyout } from '../../ui/Flyout'
import type { ListSearch } from '../listSearch'
import { PriorityMark } from '../Marks'
import { priorities } from '../status'
import classes from './BulkBar.module.css'
import type { Asking } from './BulkDialogs'
import { mostSelected } from './selection'
import type { Bulk } from './useBulk'
import type { Selection } from './useSelection'
import { useSelectMatching } from './useSelectMatching'

interface Props {
  selection: Selection
  search: ListSearch
  bulk: Bulk
  onAsk: (what: Asking['what']) => void
  onEnd: () => void
}

/** What can be done with all selected rows at once. */
export default function BulkBar({ selection, search, bulk, onAsk, onEnd }: Props) {
  const requests = [...selection.selected.values()]
  const count = requests.length
  useShortcuts([{ keys: 'Escape', label: 'Select nothing', group: 'List', run: onEnd }])
  return (
    <section className={classes.bar} aria-label="Selected requests">
      <b role="status">{count.toLocaleString('en')} selected</b>
      <Matching selection={selection} search={search} />
      {count > 0 && (
        <>
          <Button size="xs" variant="default" onClick={() => onAsk('assign')}>
            Assign
          </Button>
          <Button size="xs" variant="default" onClick={() => onAsk('move')}>
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
        </>
      )}
      <button type="button" className={classes.close} aria-label="Select nothing" onClick={onEnd}>
        <IconX size={16} aria-hidden />
      </button>
    </section>
  )
}

/** Everything that matches, as far as one change can take it, and not only what is loaded. */
function Matching({ selection, search }: Pick<Props, 'selection' | 'search'>) {
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
