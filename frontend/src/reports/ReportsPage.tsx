import { getRouteApi } from '@tanstack/react-router'
import { ListFilters } from '../requests/ListFilters'
import { PageHeader } from '../ui/PageHeader'
import { type ChartName, chartNames } from './chartNames'
import { Chart } from './charts'
import classes from './ReportsPage.module.css'
import { type ReportSearch, spanIn } from './reportSearch'
import { SpanPicker } from './SpanPicker'
import { spanWords } from './spans'

const route = getRouteApi('/shell/reports')

export function ReportsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const show = (change: Partial<ReportSearch>, replace = false) =>
    navigate({ search: { ...search, ...change }, replace, resetScroll: false })
  const setTable = (name: ChartName, isTable: boolean) => {
    const others = (search.table ?? []).filter((one) => one !== name)
    show({ table: isTable ? [...others, name] : others }, true)
  }
  return (
    <>
      <PageHeader title="Reports" note={spanWords(spanIn(search))} />
      <ListFilters search={search} onChange={(filters, replace) => show(filters, replace)}>
        <SpanPicker search={search} onChange={show} />
      </ListFilters>
      <div className={classes.page}>
        {chartNames.map((name) => (
          <Chart
            key={name}
            name={name}
            search={search}
            onTable={(isTable: boolean) => setTable(name, isTable)}
          />
        ))}
      </div>
    </>
  )
}
