import { $api } from '../api/client'
import type { User } from '../api/types'
import { studyName, useStudyTypes } from '../study/queries'
import { type Choice, ChoiceList } from '../ui/ChoiceList'
import { Avatar } from '../ui/Person'
import { DueEditor, SinceEditor, SpanEditor } from './DateEditors'
import { FieldEditor } from './FieldFilter'
import classes from './FilterEditor.module.css'
import { type FilterName, isOfField, labelOf, waiterWords } from './filterWords'
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
      {titled && <Title name={props.name} />}
      <Editor {...props} />
    </>
  )
}

function Title({ name }: Pick<Props, 'name'>) {
  const types = useStudyTypes(isOfField(name))
  return <p className={classes.title}>{labelOf(name, (id) => studyName(types, id))}</p>
}

function Editor({ name, search, onChange }: Props) {
  if (isOfField(name)) return <FieldEditor {...{ name, search, onChange }} />
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
    case 'tag':
      return <TagEditor {...{ search, onChange }} />
    case 'due':
      return (
        <DueEditor
          from={search.dueFrom}
          to={search.dueTo}
          onChange={(dueFrom, dueTo) => onChange({ dueFrom, dueTo })}
        />
      )
    case 'firstTimeRight':
    case 'overdue':
    case 'watching':
      return <EitherEditor {...{ name, search, onChange }} />
    case 'studyType':
      return <StudyTypeEditor {...{ search, onChange }} />
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

/** The tags in use, the commonest first. */
function TagEditor({ search, onChange }: Omit<Props, 'name'>) {
  const found = $api.useQuery('get', '/api/tags', {}, { staleTime: 60_000 })
  const choices = (found.data?.tags ?? []).map(({ name, count }) => ({
    value: name,
    label: name,
    count,
  }))
  return (
    <ChoiceList
      choices={choices}
      chosen={search.tag ?? []}
      onChange={(tag) => onChange({ tag })}
      isLoading={found.isPending}
      allowsOther
    />
  )
}

/** Those no longer for new requests too: old requests have them. */
function StudyTypeEditor({ search, onChange }: Omit<Props, 'name'>) {
  const types = useStudyTypes()
  return (
    <ChoiceList
      choices={(types ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      chosen={search.studyType ?? []}
      onChange={(studyType) => onChange({ studyType })}
      isLoading={!types}
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

type Either = 'firstTimeRight' | 'overdue' | 'watching'

const eitherWords: Record<Either, [string, string]> = {
  firstTimeRight: ['Accepted the first time', 'Accepted after a revision'],
  overdue: ['Overdue', 'Not overdue'],
  watching: ['Watched by me', 'Not watched by me'],
}

/** One of two that exclude each other, or neither. */
function EitherEditor({ name, search, onChange }: Omit<Props, 'name'> & { name: Either }) {
  const [yes, no] = eitherWords[name]
  const now = search[name]
  return (
    <ChoiceList
      choices={[
        { value: 'true', label: yes },
        { value: 'false', label: no },
      ]}
      chosen={now === undefined ? [] : [String(now)]}
      onChange={(chosen) => {
        const last = chosen.at(-1)
        onChange({ [name]: last === undefined ? undefined : last === 'true' })
      }}
    />
  )
}
