import { useLocalStorage } from '@mantine/hooks'
import { Toggle } from '../ui/Toggle'

const filters = { all: 'All', comments: 'Comments', activity: 'Activity' } as const
type Filter = keyof typeof filters

export function useTimelineFilter() {
  return useLocalStorage<Filter>({
    key: 'simflow:timeline',
    defaultValue: 'all',
    getInitialValueInEffect: false,
  })
}

interface Props {
  value: Filter
  onChange: (filter: Filter) => void
}

export function TimelineFilter(props: Props) {
  return <Toggle label="Show in the timeline" choices={filters} {...props} />
}
