import { IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useFirstFocus } from '../ui/useFirstFocus'
import { PickField } from './FieldFilter'
import FilterEditor from './FilterEditor'
import classes from './FilterEditor.module.css'
import { type FilterName, filterLabels, filterNames } from './filterWords'
import type { ListSearch } from './listSearch'

// "Status at a time" comes from a chart; nobody looks for it here.
const offered = filterNames.filter((name) => name !== 'thenStatus')
// Not a filter yet, but a field of some form.
const someField = 'field:'

interface Props {
  search: ListSearch
  onChange: (change: Partial<ListSearch>) => void
}

/** First which filter, then its values. */
export default function AddFilter({ search, onChange }: Props) {
  const [name, setName] = useState<FilterName | null>(null)
  if (name === someField) return <PickField search={search} onPick={setName} />
  if (name) return <FilterEditor name={name} search={search} onChange={onChange} titled />
  return <Names onPick={setName} />
}

function Names({ onPick }: { onPick: (name: FilterName) => void }) {
  const place = useFirstFocus<HTMLUListElement>()
  return (
    <ul ref={place}>
      {offered.map((name) => (
        <li key={name}>
          <button type="button" className={classes.item} onClick={() => onPick(name)}>
            {filterLabels[name]}
            <IconChevronRight size={14} aria-hidden />
          </button>
        </li>
      ))}
      <li>
        <button type="button" className={classes.item} onClick={() => onPick(someField)}>
          Simulation data
          <IconChevronRight size={14} aria-hidden />
        </button>
      </li>
    </ul>
  )
}
