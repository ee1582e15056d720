import { $api } from '../api/client'
import type { User } from '../api/types'
import { type Choice, ChoiceList } from '../ui/ChoiceList'
import { Avatar } from '../ui/Person'
import { SinceEditor, SpanEditor } from './DateEditors'
import classes from './FilterEditor.module.css'
import { type FilterName, filterLabels, waiterWords } from './filterWords'
import { type ListSearch, waiters } from './listSearch'
import { PriorityMark, StatusGlyph } from './Marks'
import { priorities, statuses } from './status'
import { usePeople } from './usePeople'

interface Props {
  name: FilterName
  search: ListSearch
  onChange: (change: Partial<ListSearch>) => void
  titled?: boolean
}

/** What one filter may be set to. */
export default function FilterEditor({ titled, ...props }: Props) {
  return (
    <>
      {titled && <p className={classes.title}>{filterLabels[props.name]}</p>}
      <Editor {...props} />
    </>
  )
}

function Editor({ name, search, onChange }: Props) {
  switch (name) {
    case 'assignedTo':
    case 'createdBy':
      return <PeopleEditor {...{ name, search, onChange }} />
    case 'created':
      return (
        <SpanEditor
          from={search.createdFrom}
          to={search.createdTo}
          onChange={(createdFrom, createdTo) => onChange({ createdFrom, createdTo })}
        />
      )
    case 'completed':
      return (
        <SpanEditor
          from={search.completedFrom}
          to={search.completedTo}
          onChange={(completedFrom, completedTo) => onChange({ completedFrom, completedTo })}
        />
      )
    case 'statusBefore':
      return (
        <SinceEditor
          before={search.statusBefore}
          onChange={(statusBefore) => onChange({ statusBefore })}
        />
      )
    case 'vendor':
      return <VendorEditor {...{ search, onChange }} />
    case 'firstTimeRight':
      return <RightEditor {...{ search, onChange }} />
    case 'thenStatus':
      return null
    default:
      return <PlainEditor {...{ name, search, onChange }} />
  }
}

const plainChoices = {
  status: statuses.map((value) => ({ value, label: value, mark: <StatusGlyph status={value} /> })),
  priority: priorities.map((value) => ({
    value,
    label: value,
    mark: (
      <span aria-hidden>
        <PriorityMark priority={value} wordless />
      </span>
    ),
  })),
  waitsFor: waiters.map((value) => ({ value, label: capital(waiterWords[value]) })),
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

interface PlainProps extends Omit<Props, 'name'> {
  name: keyof typeof plainChoices
}

function PlainEditor({ name, search, onChange }: PlainProps) {
  return (
    <ChoiceList
      choices={plainChoices[name]}
      chosen={search[name] ?? []}
      onChange={(chosen) => onChange({ [name]: chosen })}
    />
  )
}

/** The vendors there are among what the person may see. */
function VendorEditor({ search, onChange }: Omit<Props, 'name'>) {
  const found = $api.useQuery('get', '/api/requests/vendors', {}, { staleTime: 60_000 })
  const choices = (found.data?.vendors ?? []).map(({ vendor, count }) => ({
    value: vendor,
    label: vendor,
    count,
  }))
  return (
    <ChoiceList
      choices={choices}
      chosen={search.vendor ?? []}
      onChange={(vendor) => onChange({ vendor })}
      isLoading={found.isPending}
      allowsOther
    />
  )
}

interface PeopleProps extends Omit<Props, 'name'> {
  name: 'assignedTo' | 'createdBy'
}

const me = { value: 'me', label: 'Me' }
const unassigned = { value: 'none', label: 'Nobody yet' }

function PeopleEditor({ name, search, onChange }: PeopleProps) {
  const everyone = usePeople()
  const isWanted = (user: User) => name === 'createdBy' || user.role === 'ENGINEER'
  const people = (everyone ?? []).filter(isWanted).map(
    (user): Choice => ({
      value: user.id,
      label: user.name,
      mark: <Avatar id={user.id} name={user.name} size={18} />,
    }),
  )
  return (
    <ChoiceList
      choices={[me, ...(name === 'assignedTo' ? [unassigned] : []), ...people]}
      chosen={search[name] ?? []}
      onChange={(chosen) => onChange({ [name]: chosen })}
      isLoading={!everyone}
    />
  )
}

const rightChoices = [
  { value: 'true', label: 'Accepted the first time' },
  { value: 'false', label: 'Accepted after a revision' },
]

function RightEditor({ search, onChange }: Omit<Props, 'name'>) {
  const now = search.firstTimeRight
  return (
    <ChoiceList
      choices={rightChoices}
      chosen={now === undefined ? [] : [String(now)]}
      onChange={(chosen) => {
        const last = chosen.at(-1)
        onChange({ firstTimeRight: last === undefined ? undefined : last === 'true' })
      }}
    />
  )
}
