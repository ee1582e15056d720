import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { $api } from '../../api/client'
import { filtersOf, type ListSearch, parseFilters, toCountQuery } from '../listSearch'
import { countOptions, firstPageOptions } from '../queries'
import type { Section } from './sections'
import { useKept } from './useKept'

function groupOptions(search: ListSearch) {
  const by = search.group ?? 'status'
  return $api.queryOptions('get', '/api/requests/groups', {
    params: { query: { ...toCountQuery(search), by } },
  })
}

/** Names what is listed, whatever of it is shown. */
export function placeOf({ columns: _, ...search }: ListSearch): string {
  return JSON.stringify(search)
}

/** The list that can be shown: the one asked for, or the one before it while that is on its way. */
export function useSettled(search: ListSearch) {
  const [settled, setSettled] = useState(search)
  const counts = useQuery(countOptions(search))
  const groups = useQuery({ ...groupOptions(search), enabled: search.group !== undefined })
  const first = useQuery({ ...firstPageOptions(search), enabled: search.group === undefined })
  const needed = [counts, search.group === undefined ? first : groups]
  if (settled !== search && needed.every(({ data }) => data)) setSettled(search)
  return {
    settled,
    isSettled: settled === search,
    error: needed.find(({ data, error }) => error && !data)?.error ?? null,
    isFetching: needed.some(({ isFetching }) => isFetching),
    retry: () => {
      for (const query of needed) query.refetch()
    },
  }
}

/** The parts of a list and which of them are folded; null until their sizes are known. */
export function useSections(search: ListSearch) {
  const total = useQuery(countOptions(search)).data?.total
  const groups = useQuery({ ...groupOptions(search), enabled: search.group !== undefined }).data
  const [folded, setFolded] = useKept<string[]>('folded', search.group ?? '', [])
  const sections = useMemo((): Section[] | null => {
    if (search.group === undefined) {
      if (total === undefined) return null
      return [{ id: 'all', filters: filtersOf(search), count: total, label: null, isOpen: true }]
    }
    if (!groups) return null
    return groups.groups
      .filter(({ count }) => count > 0)
      .map(({ value, label, count, filters }) => ({
        id: `${search.group}:${value}`,
        filters: parseFilters({ ...filters }),
        count,
        label,
        isOpen: !folded.includes(value),
      }))
  }, [search, total, groups, folded])
  const fold = ({ id }: Section) => {
    const value = id.slice(id.indexOf(':') + 1)
    setFolded((before) =>
      before.includes(value) ? before.filter((one) => one !== value) : [...before, value],
    )
  }
  return { sections, fold }
}
