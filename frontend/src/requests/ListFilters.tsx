import { IconFilter, IconX } from '@tabler/icons-react'
import { lazy, type ReactNode } from 'react'
import { studyName, useStudyTypes } from '../study/queries'
import { Flyout } from '../ui/Flyout'
import {
  activeFilters,
  chipWords,
  cleared,
  type FilterName,
  labelOf,
  type NameOf,
} from './filterWords'
import classes from './ListFilters.module.css'
import { changed, isFiltered, type ListSearch, withoutFilters } from './listSearch'
import { SearchField } from './SearchField'
import { usePeople } from './usePeople'

// What edits a filter is not needed before somebody wants to.
const AddFilter = lazy(() => import('./AddFilter'))
const FilterEditor = lazy(() => import('./FilterEditor'))

interface Props {
  search: ListSearch
  onChange: (search: ListSearch, replace?: boolean) => void
  /** What else the page offers beside its filters. */
  children?: ReactNode
}

/** What a page of requests is narrowed to: words searched for, and a chip that reads like a sentence for each filter. */
export function ListFilters({ search, onChange, children }: Props) {
  const set = (change: Partial<ListSearch>) => onChange(changed(search, change))
  return (
    <search className={classes.bar}>
      <SearchField
        value={search.q ?? ''}
        onChange={(q) => onChange(changed(search, { q }), true)}
      />
      <Flyout
        label="Add a filter"
        buttonClass={classes.button}
        button={
          <>
            <IconFilter size={15} aria-hidden />
            Filter
          </>
        }
      >
        {() => <AddFilter search={search} onChange={set} />}
      </Flyout>
      <Chips search={search} onChange={set} />
      {isFiltered(search) && (
        <button
          type="button"
          className={classes.reset}
          onClick={() => onChange(withoutFilters(search))}
        >
          Clear all
        </button>
      )}
      {children && <div className={classes.more}>{children}</div>}
    </search>
  )
}

interface ChipsProps {
  search: ListSearch
  onChange: (change: Partial<ListSearch>) => void
}

function Chips({ search, onChange }: ChipsProps) {
  const named = [...(search.assignedTo ?? []), ...(search.createdBy ?? [])]
  const people = usePeople(named.some((id) => id !== 'me' && id !== 'none'))
  const types = useStudyTypes(Boolean(search.studyType ?? search.field))
  const nameOf = (id: string) =>
    people?.find((user) => user.id === id)?.name ?? studyName(types, id)
  const active = activeFilters(search)
  if (active.length === 0) return null
  return (
    <ul className={classes.chips} aria-label="Filters">
      {active.map((name) => (
        <Chip key={name} {...{ name, search, onChange, nameOf }} />
      ))}
    </ul>
  )
}

interface ChipProps extends ChipsProps {
  name: FilterName
  nameOf: NameOf
}

function Chip({ name, search, onChange, nameOf }: ChipProps) {
  const { lead, value } = chipWords(name, search, nameOf)
  const words = (
    <>
      {lead} <b>{value}</b>
    </>
  )
  return (
    <li className={classes.chip}>
      {name === 'thenStatus' ? (
        <span className={classes.words}>{words}</span>
      ) : (
        <Flyout
          label={labelOf(name, nameOf)}
          buttonClass={classes.words}
          title="Change this filter"
          button={words}
        >
          {() => <FilterEditor name={name} search={search} onChange={onChange} />}
        </Flyout>
      )}
      <button
        type="button"
        className={classes.icon}
        aria-label={`Remove the filter: ${lead} ${value}`}
        onClick={() => onChange(cleared(name, search))}
      >
        <IconX size={13} aria-hidden />
      </button>
    </li>
  )
}
