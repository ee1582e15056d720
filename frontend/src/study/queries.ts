import { $api } from '../api/client'
import type { StudyType } from '../api/types'

/** Every type of study, those that are no longer for new requests included; undefined until they are there. */
export function useStudyTypes(isWanted = true): StudyType[] | undefined {
  return $api.useQuery('get', '/api/study-types', {}, { staleTime: 60_000, enabled: isWanted }).data
    ?.studyTypes
}
