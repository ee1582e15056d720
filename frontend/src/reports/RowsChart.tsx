import { Link } from '@tanstack/react-router'
import { parseListSearch } from '../requests/listSearch'
import { type ChartModel, valueWords } from './model'
import classes from './RowsChart.module.css'

/** A bar for each row, from zero, with its number beside it. Each leads to the requests behind it. */
export function RowsChart({ model }: { model: ChartModel }) {
  const { points, series, unit } = model
  const longest = Math.max(...points.flatMap(({ values }) => values.map(({ value }) => value ?? 0)))
  return (
    <ul className={classes.rows}>
      {points.map((point) => (
        <li key={point.title} className={classes.row}>
          <span className={classes.label} title={point.title}>
            {point.mark}
            <span className={classes.name}>{point.label}</span>
          </span>
          <span className={classes.bars}>
            {series.map(({ label, color }, at) => {
              const { value, filters } = point.values[at] ?? { value: null }
              const words = valueWords(value, unit)
              const bar = (
                <>
                  <i
                    className={classes.bar}
                    style={{
                      width: `calc((100% - 64px) * ${longest > 0 ? (value ?? 0) / longest : 0})`,
                      background: point.color ?? color,
                    }}
                  />
                  <span className={classes.value}>{words}</span>
                </>
              )
              return filters ? (
                <Link
                  key={label}
                  to="/requests"
                  search={parseListSearch({ ...filters })}
                  className={classes.one}
                  aria-label={`${point.title}, ${label}: ${words}`}
                >
                  {bar}
                </Link>
              ) : (
                <span key={label} className={classes.one}>
                  {bar}
                </span>
              )
            })}
          </span>
        </li>
      ))}
    </ul>
  )
}
