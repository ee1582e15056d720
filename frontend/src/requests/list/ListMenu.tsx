import { IconSortAscending, IconSortDescending } from '@tabler/icons-react'
import { density } from '../../app/preferences'
import { useStudyTypes } from '../../study/queries'
import { useFirstFocus } from '../../ui/useFirstFocus'
import { labelFromName } from '../fieldFilters'
import {
  type AnyColumn,
  type ColumnName,
  changed,
  columnNames,
  type GroupField,
  groupFields,
  inOrder,
  isFieldName,
  type ListSearch,
  type SortField,
  sortFields,
  sortOf,
  toggledSort,
} from '../listSearch'
import { columns, usualColumns } from './columns'
import { FieldBoxes } from './FieldBoxes'
import classes from './ListMenu.module.css'
import { rememberedColumns } from './rememberedColumns'

interface Props {
  search: ListSearch
  onChange: (search: ListSearch) => void
  /** Boxes before the rows, where there is no pointer to bring them. */
  onSelect: () => void
}

interface OrderProps extends Pick<Props, 'search' | 'onChange'> {
  chosen: readonly AnyColumn[]
}

const otherLabels: Partial<Record<SortField, string>> = {
  key: 'Key',
  title: 'Title',
  urgency: 'Urgency',
}

/** How the list shows what it shows: its order, its groups and its columns. */
export default function ListMenu({ search, onChange, onSelect }: Props) {
  const place = useFirstFocus<HTMLDivElement>()
  const remembered = rememberedColumns.use()
  const chosen = search.columns ?? remembered
  const show = (names: AnyColumn[]) => {
    rememberedColumns.set(columnNames.filter((name) => names.includes(name)))
    onChange(changed(search, { columns: names }))
  }
  const toggle = (name: AnyColumn) =>
    show(inOrder(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]))
  const box = (name: AnyColumn, label: string) => (
    <label key={name} className={classes.column}>
      <input
        type="checkbox"
        checked={chosen.includes(name)}
        onChange={() => toggle(name)}
        disabled={chosen.length === 1 && chosen[0] === name}
      />
      {label}
    </label>
  )
  return (
    <div ref={place} className={classes.menu}>
      <button type="button" className={classes.begin} onClick={onSelect}>
        Select requests
      </button>
      <OrderBy {...{ search, chosen, onChange }} />
      <label className={classes.group}>
        Group by
        <select
          value={search.group ?? ''}
          onChange={(event) => {
            const group = (event.currentTarget.value || undefined) as GroupField | undefined
            onChange(changed(search, { group }))
          }}
        >
          <option value="">Nothing</option>
          {groupFields.map((field) => (
            <option key={field} value={field}>
              {columns[field].label}
            </option>
          ))}
        </select>
      </label>
      <label className={classes.dense}>
        Rows
        <select
          value={density.use()}
          onChange={({ currentTarget }) =>
            density.set(currentTarget.value === 'comfortable' ? 'comfortable' : 'compact')
          }
        >
          <option value="compact">Compact</option>
          <option value="comfortable">Comfortable</option>
        </select>
      </label>
      <fieldset className={classes.columns}>
        <legend>Columns</legend>
        {columnNames.map((name) => box(name, columns[name].label))}
      </fieldset>
      <FieldBoxes {...{ search, chosen, box }} />
      <button type="button" className={classes.reset} onClick={() => show(usualColumns)}>
        The usual columns
      </button>
    </div>
  )
}

/** What the heads of columns do, for a phone that has none and for what has no column. */
function OrderBy({ search, chosen, onChange }: OrderProps) {
  const types = useStudyTypes()
  const { field, descending } = sortOf(search)
  const labelOf = (name: SortField) => {
    if (!isFieldName(name)) return otherLabels[name] ?? columns[name as ColumnName].label
    const plain = name.slice('field:'.length)
    const known = types?.flatMap(({ fields }) => fields).find((one) => one.name === plain)
    return known?.label ?? labelFromName(plain)
  }
  const offered = new Set<SortField>([...sortFields, ...chosen.filter(isFieldName), field])
  const orderBy = (name: SortField) =>
    onChange(changed(search, { sort: toggledSort(search, name) }))
  return (
    <div className={classes.order}>
      <label className={classes.group}>
        Order by
        <select
          value={field}
          onChange={({ currentTarget }) => orderBy(currentTarget.value as SortField)}
        >
          {[...offered].map((name) => (
            <option key={name} value={name}>
              {labelOf(name)}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className={classes.direction}
        onClick={() => orderBy(field)}
        aria-label={descending ? 'Descending: turn round' : 'Ascending: turn round'}
        title={descending ? 'Descending' : 'Ascending'}
      >
        {descending ? (
          <IconSortDescending size={16} aria-hidden />
        ) : (
          <IconSortAscending size={16} aria-hidden />
        )}
      </button>
    </div>
  )
}
