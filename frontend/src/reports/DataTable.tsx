import { Link } from '@tanstack/react-router'
import { parseListSearch } from '../requests/listSearch'
import classes from './DataTable.module.css'
import { type ChartModel, type Value, valueWords } from './model'

/** The same numbers as the chart, each a link to the requests behind it. */
export function DataTable({ model, caption }: { model: ChartModel; caption: string }) {
  const { what, series, points, unit } = model
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label={`Table: ${caption}`}>
      <table className={classes.table}>
        <caption className={classes.caption}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{what}</th>
            {series.map(({ label }) => (
              <th key={label} scope="col" className={classes.number}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.title}>
              <th scope="row">{point.title}</th>
              {series.map(({ label }, at) => (
                <td key={label} className={classes.number}>
                  <Cell {...(point.values[at] ?? { value: null })} unit={unit} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Cell({ value, filters, unit }: Value & { unit: ChartModel['unit'] }) {
  const words = valueWords(value, unit)
  if (!filters || value === null) return words
  return (
    <Link to="/requests" search={parseListSearch({ ...filters })}>
      {words}
    </Link>
  )
}
