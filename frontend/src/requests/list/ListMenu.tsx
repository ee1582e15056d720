import { density } from '../../app/preferences'
import { useFirstFocus } from '../../ui/useFirstFocus'
import {
  type AnyColumn,
  changed,
  columnNames,
  type GroupField,
  groupFields,
  inOrder,
  type ListSearch,
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

/** How the list shows what it shows: its groups and its columns. */
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
