import { CloseButton, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { $api } from '../api/client'
import type { User } from '../api/types'
import { FilterMenu, type FilterOption } from '../ui/FilterMenu'
import { Avatar } from '../ui/Person'
import classes from './ListFilters.module.css'
import { changed, isFiltered, type ListSearch } from './listSearch'
import { PriorityMark, StatusGlyph } from './Marks'
import { priorities, statuses, vendorSuggestions } from './status'

interface Props {
  search: ListSearch
  onChange: (search: ListSearch, replace?: boolean) => void
}

const statusOptions = statuses.map((value) => ({
  value,
  label: value,
  mark: <StatusGlyph status={value} />,
}))
const priorityOptions = priorities.map((value) => ({
  value,
  label: value,
  mark: <PriorityMark priority={value} wordless />,
}))
const vendorOptions = vendorSuggestions.map((value) => ({ value, label: value }))

function peopleOptions(users: User[] | undefined, special: FilterOption[]): FilterOption[] {
  const people = (users ?? []).map(({ id, name }) => ({
    value: id,
    label: name,
    mark: <Avatar id={id} name={name} size={18} />,
  }))
  return [...special, ...people]
}

const me = { value: 'me', label: 'Me' }
const unassigned = { value: 'none', label: 'Nobody yet' }

export function ListFilters({ search, onChange }: Props) {
  const everyone = $api.useQuery('get', '/api/users', {}, { staleTime: 60_000 }).data?.users
  const engineers = everyone?.filter((user) => user.role === 'ENGINEER')
  const set = (change: Partial<ListSearch>) => onChange(changed(search, change))
  return (
    <search className={classes.bar}>
      <SearchField
        value={search.q ?? ''}
        onChange={(q) => onChange(changed(search, { q }), true)}
      />
      <div className={classes.filters}>
        <FilterMenu
          label="Status"
          options={statusOptions}
          chosen={search.status ?? []}
          onChange={(chosen) => set({ status: chosen as ListSearch['status'] })}
        />
        <FilterMenu
          label="Priority"
          options={priorityOptions}
          chosen={search.priority ?? []}
          onChange={(chosen) => set({ priority: chosen as ListSearch['priority'] })}
        />
        <FilterMenu
          label="Vendor"
          options={vendorOptions}
          chosen={search.vendor ?? []}
          onChange={(vendor) => set({ vendor })}
          allowsOther
        />
        <FilterMenu
          label="Engineer"
          options={peopleOptions(engineers, [me, unassigned])}
          chosen={search.assignedTo ?? []}
          onChange={(assignedTo) => set({ assignedTo })}
        />
        <FilterMenu
          label="Requester"
          options={peopleOptions(everyone, [me])}
          chosen={search.createdBy ?? []}
          onChange={(createdBy) => set({ createdBy })}
        />
        {isFiltered(search) && (
          <UnstyledButton className={classes.reset} onClick={() => onChange({ sort: search.sort })}>
            Clear all
          </UnstyledButton>
        )}
      </div>
    </search>
  )
}

/** Follows the typing after a pause; the address is replaced so that Back skips half-typed words. */
function SearchField({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const [typed, setTyped] = useState(value)
  const [seen, setSeen] = useState(value)
  const [sent, setSent] = useState(value)
  const tell = useDebouncedCallback((q: string) => {
    setSent(q)
    onChange(q)
  }, 250)
  // The address also changes from outside, by Back or by a reset: then the field follows it.
  if (value !== seen) {
    setSeen(value)
    if (value !== sent) setTyped(value)
    setSent(value)
  }
  const change = (text: string) => {
    setTyped(text)
    tell(text.trim())
  }
  return (
    <TextInput
      type="search"
      aria-label="Search"
      placeholder="Search"
      size="xs"
      className={classes.search}
      value={typed}
      maxLength={200}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={
        typed && <CloseButton size="xs" aria-label="Empty" onClick={() => change('')} />
      }
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}
