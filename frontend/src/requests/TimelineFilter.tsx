import { preference } from '../app/preferences'
import { Toggle } from '../ui/Toggle'

const filters = { all: 'All', comments: 'Comments', activity: 'Activity' } as const

/** What somebody chose to see of timelines, in this browser. */
export const timelineFilter = preference('timeline', ['all', 'comments', 'activity'])

export function TimelineFilter() {
  return (
    <Toggle
      label="Show in the timeline"
      choices={filters}
      value={timelineFilter.use()}
      onChange={timelineFilter.set}
    />
  )
}
