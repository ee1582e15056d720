import classes from './Chart.module.css'
import { type ChartModel, type Point, valueWords } from './model'

/** What stands beside the pointer: the numbers of one point. */
export function Told({ model, point }: { model: ChartModel; point: Point | undefined }) {
  if (!point) return null
  const { series, unit } = model
  return (
    <div className={classes.told}>
      <b>{point.title}</b>
      <dl>
        {series.map(({ label, color }, at) => (
          <div key={label}>
            <dt>
              <i style={{ background: color }} />
              {label}
            </dt>
            <dd>{valueWords(point.values[at]?.value ?? null, unit)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
