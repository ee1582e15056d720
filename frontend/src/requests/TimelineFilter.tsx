import { UnstyledButton } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import classes from './TimelineFilter.module.css'

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

export function TimelineFilter({ value, onChange }: Props) {
  return (
    <fieldset className={classes.filter}>
      <legend className={classes.spoken}>Show in the timeline</legend>
      {(Object.keys(filters) as Filter[]).map((filter) => (
        <UnstyledButton
          key={filter}
          className={classes.choice}
          aria-pressed={filter === value}
          onClick={() => onChange(filter)}
        >
          {filters[filter]}
        </UnstyledButton>
      ))}
    </fieldset>
  )
}
