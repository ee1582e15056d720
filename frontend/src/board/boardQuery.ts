import type { operations } from '../api/schema'
import { isFieldName, type ListSearch, sortOf, toCountQuery } from '../requests/listSearch'

type Asked = NonNullable<operations['ApiRequestsBoardShowBoard']['parameters']['query']>

const boardSort = '-priority'

export function toBoardQuery(search: ListSearch) {
  // An order by a field is the list's alone.
  const asked = isFieldName(sortOf(search).field) ? undefined : search.sort
  const sort = (asked ?? boardSort) as NonNullable<Asked['sort']>
  return { ...toCountQuery(search), sort }
}

export type BoardQuery = ReturnType<typeof toBoardQuery>
