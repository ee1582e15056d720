import type { Request } from '../../api/types'
import BulkAssign from './BulkAssign'
import BulkMove from './BulkMove'
import BulkPriority from './BulkPriority'
import type { Bulk } from './useBulk'

/** A question about these requests: who shall do them, where they go, how urgent they are. */
export interface Asking {
  what: 'assign' | 'move' | 'priority'
  requests: Request[]
}

interface Props {
  asking: Asking
  bulk: Bulk
  onClose: () => void
}

const dialogs = { assign: BulkAssign, move: BulkMove, priority: BulkPriority }

export default function BulkDialogs({ asking, bulk, onClose }: Props) {
  const Asked = dialogs[asking.what]
  return <Asked requests={asking.requests} bulk={bulk} onClose={onClose} />
}
