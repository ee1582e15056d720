import type { Request } from '../../api/types'
import { Dialog } from '../../ui/Dialog'
import { PriorityMark } from '../Marks'
import { priorities } from '../status'
import classes from './BulkBar.module.css'
import { namesOf } from './bulk'
import type { Bulk } from './useBulk'

interface Props {
  requests: Request[]
  bulk: Bulk
  onClose: () => void
}

/** The same as the bar's button, for who came by key. */
export default function BulkPriority({ requests, bulk, onClose }: Props) {
  return (
    <Dialog title={`Priority: ${namesOf(requests)}`} onClose={onClose}>
      {priorities.map((priority, at) => (
        <button
          key={priority}
          type="button"
          className={classes.item}
          data-autofocus={at === 0 || undefined}
          onClick={() => {
            onClose()
            bulk.change(requests, { priority })
          }}
        >
          <PriorityMark priority={priority} />
        </button>
      ))}
    </Dialog>
  )
}
