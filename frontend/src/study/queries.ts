import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { $api } from '../api/client'
import type { CriteriaSheet, StudyField, StudyType } from '../api/types'
import { activityPath, detailPath } from '../requests/paths'

/** Every type of study, those that are no longer for new requests included; undefined until they are there. */
export function useStudyTypes(isWanted = true): StudyType[] | undefined {
  return $api.useQuery('get', '/api/study-types', {}, { staleTime: 60_000, enabled: isWanted }).data
    ?.studyTypes
}

/** What people call a type of study, by its id, or a field, by `field:payload`. */
export function studyName(types: readonly StudyType[] | undefined, id: string): string | undefined {
  for (const type of types ?? []) {
    if (type.id === id) return type.name
  }
  return fieldOf(types, id)?.label
}

/** The field that is named `field:payload`, as the first type that has it tells of it. */
export function fieldOf(
  types: readonly StudyType[] | undefined,
  id: string,
): StudyField | undefined {
  for (const { fields } of types ?? []) {
    const field = fields.find(({ name }) => `field:${name}` === id)
    if (field) return field
  }
  return undefined
}

const pathOf = (requestId: string) => ({ params: { path: { request_id: requestId } } })

export function formOptions(requestId: string) {
  return $api.queryOptions('get', '/api/requests/{request_id}/form', pathOf(requestId))
}

export function criteriaOptions(requestId: string) {
  return $api.queryOptions('get', '/api/requests/{request_id}/criteria', pathOf(requestId))
}

const route = getRouteApi('/shell/requests/$requestId')

/** Takes in what the server answered to a change of criteria; what else tells of it is asked again. */
export function useShowSheet(): (sheet: CriteriaSheet) => void {
  const client: QueryClient = useQueryClient()
  const { requestId } = route.useParams()
  return (sheet) => {
    client.setQueryData(criteriaOptions(requestId).queryKey, sheet)
    const told: readonly unknown[] = [detailPath, activityPath]
    client.invalidateQueries({ predicate: ({ queryKey }) => told.includes(queryKey[1]) })
  }
}

/** How the page's address names the request: by this its queries are kept. */
export function useRequestId(): string {
  return route.useParams().requestId
}
