import type { ListSearch } from '../listSearch'
import type { Selection } from './useSelection'

export default function BulkBar(_: { selection: Selection; search: ListSearch }) {
  return null
}
