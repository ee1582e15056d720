import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client'
import { messageOf } from '../../api/problem'
import type { Request } from '../../api/types'
import { notifyError } from '../../ui/notify'
import { type ListSearch, toListQuery } from '../listSearch'
import { countOptions } from '../queries'
import { mostSelected } from './selection'
import type { Selection } from './useSelection'

/** Selects what matches, loaded or not, in the order of the list. */
export function useSelectMatching(selection: Selection, search: ListSearch) {
  const client = useQueryClient()
  const total = useQuery(countOptions(search)).data?.total
  const [isLoading, setLoading] = useState(false)
  const select = async () => {
    setLoading(true)
    try {
      selection.select(await matching(search))
    } catch (error) {
      notifyError(messageOf(error))
    } finally {
      setLoading(false)
    }
  }
  return { total, isLoading: isLoading || client.isMutating() > 0, select }
}

async function matching(search: ListSearch): Promise<Request[]> {
  const found: Request[] = []
  let cursor: string | undefined
  do {
    const query = { ...toListQuery(search), limit: 200, cursor }
    const { data } = await api.GET('/api/requests', { params: { query } })
    found.push(...(data?.requests ?? []))
    cursor = data?.nextCursor ?? undefined
  } while (cursor && found.length < mostSelected)
  return found
}
