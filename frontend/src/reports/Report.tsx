import { Skeleton } from '@mantine/core'
import { IconChartBar, IconDownload, IconInfoCircle, IconTable } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useId } from 'react'
import { Flyout } from '../ui/Flyout'
import { ErrorState } from '../ui/States'
import type { ChartName } from './chartNames'
import { DataTable } from './DataTable'
import { definitions } from './definitions'
import { exportHref } from './exportHref'
import { type ChartModel, isEmpty } from './model'
import classes from './Report.module.css'
import { RowsChart } from './RowsChart'
import type { ReportSearch } from './reportSearch'

// The chart library is loaded only here, and only when there is something to draw.
const WeekChart = lazy(() => import('./WeekChart'))

interface Props {
  name: ChartName
  search: ReportSearch
  /** Undefined while it is on its way. */
  model: ChartModel | undefined
  error: unknown
  isRetrying: boolean
  isStale: boolean
  onRetry: () => void
  onTable: (isTable: boolean) => void
}

/** One question, its answer in a sentence, and the drawing or the table that shows it. */
export function Report(props: Props) {
  const { name, model, error, isStale } = props
  const id = useId()
  const { question } = definitions[name]
  return (
    <section className={classes.report} aria-labelledby={id} data-stale={isStale || undefined}>
      <header className={classes.head}>
        <h2 id={id}>{question}</h2>
        <Tools {...props} />
      </header>
      <p className={classes.answer} role="status">
        {model ? model.answer : error ? '' : <Skeleton height={10} width="70%" mt={5} />}
      </p>
      <div className={classes.body} data-rows={model?.form === 'rows' || undefined}>
        <Body {...props} caption={question} />
      </div>
    </section>
  )
}

function Tools({ name, search, onTable }: Props) {
  const isTable = search.table?.includes(name) ?? false
  const { question, paragraphs } = definitions[name]
  return (
    <div className={classes.tools}>
      <Flyout
        label={`How it is counted: ${question}`}
        buttonLabel={`How it is counted: ${question}`}
        buttonClass={classes.tool}
        title="How it is counted"
        button={<IconInfoCircle size={16} aria-hidden />}
      >
        {() => (
          <div className={classes.definition}>
            {paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
        )}
      </Flyout>
      <button
        type="button"
        className={classes.tool}
        aria-pressed={isTable}
        aria-label={`Show as a table: ${question}`}
        title={isTable ? 'Show as a chart' : 'Show as a table'}
        onClick={() => onTable(!isTable)}
      >
        {isTable ? <IconChartBar size={16} aria-hidden /> : <IconTable size={16} aria-hidden />}
      </button>
      <Flyout
        label={`Export: ${question}`}
        buttonLabel={`Export: ${question}`}
        buttonClass={classes.tool}
        title="Export"
        button={<IconDownload size={16} aria-hidden />}
      >
        {() => (
          <div className={classes.exports}>
            <a href={exportHref(name, search, 'csv')} download>
              CSV
            </a>
            <a href={exportHref(name, search, 'xlsx')} download>
              Excel (XLSX)
            </a>
          </div>
        )}
      </Flyout>
    </div>
  )
}

function Body(props: Props & { caption: string }): ReactNode {
  const { name, search, model, error, isRetrying, onRetry, caption } = props
  if (!model) {
    if (error) return <ErrorState error={error} onRetry={onRetry} isRetrying={isRetrying} />
    return <Skeleton height="100%" />
  }
  if (search.table?.includes(name)) return <DataTable model={model} caption={caption} />
  if (isEmpty(model)) {
    return <p className={classes.empty}>Nothing of this happened in the span and the filters.</p>
  }
  if (model.form === 'rows') {
    return (
      <>
        {model.series.length > 1 && <Legend model={model} />}
        <RowsChart model={model} />
      </>
    )
  }
  return (
    <>
      <div aria-hidden className={classes.plot}>
        <Suspense fallback={<Skeleton height={216} />}>
          <WeekChart model={model} />
        </Suspense>
      </div>
      <Legend model={model} />
    </>
  )
}

/** Names the series by shape, word and colour. */
function Legend({ model: { series } }: { model: ChartModel }) {
  return (
    <ul className={classes.legend} aria-hidden>
      {series.map(({ label, color, mark, isDashed }) => (
        <li key={label}>
          {mark ?? (
            <i style={{ borderColor: color, background: isDashed ? 'transparent' : color }} />
          )}
          {label}
        </li>
      ))}
    </ul>
  )
}
