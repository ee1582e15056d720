import { stringifySearch } from '../../app/searchParams'
import { useFirstFocus } from '../../ui/useFirstFocus'
import { filtersOf, isFieldName, type ListSearch, sortOf } from '../listSearch'
import classes from './ListMenu.module.css'
import { rememberedColumns } from './rememberedColumns'

const formats = [
  { format: 'csv', label: 'CSV, for any program' },
  { format: 'xlsx', label: 'Excel (XLSX)' },
]

/** Everything that matches as a file, streamed by the server: the same filters, order and columns. */
export default function ExportMenu({ search }: { search: ListSearch }) {
  const place = useFirstFocus<HTMLDivElement>()
  const remembered = rememberedColumns.use()
  const { field, descending } = sortOf(search)
  const columns = search.columns ?? remembered
  // Who narrows the list to a type of study wants its data; who has chosen fields wants those.
  const hasAllFields = search.studyType !== undefined && !columns.some(isFieldName)
  const query = {
    ...filtersOf(search),
    sort: `${descending ? '-' : ''}${field}`,
    columns: ['key', 'title', ...columns, ...(hasAllFields ? ['data'] : [])],
  }
  return (
    <div ref={place}>
      {formats.map(({ format, label }) => (
        <a
          key={format}
          className={classes.download}
          href={`/api/requests/export${stringifySearch({ format, ...query })}`}
          download
        >
          {label}
        </a>
      ))}
      <p className={classes.note}>
        All requests that match, loaded or not, with these columns
        {hasAllFields && ' and one for each field of the study'}.
      </p>
    </div>
  )
}
