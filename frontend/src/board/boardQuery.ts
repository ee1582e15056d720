import type { operations } from '../api/schema'
import { type ListSearch, toCountQuery } from '../requests/listSearch'

type Asked = NonNullable<operations['ApiRequestsBoardShowBoard']['parameters']['query']>

const boardSort = '-priority'

export function toBoardQuery(search: ListSearch) {
  const sort = (search.sort ?? boardSort) as NonNullable<Asked['sort']>
  return { ...toCountQuery(search), sort }
}

export type BoardQuery = ReturnType<typeof toBoardQuery>
