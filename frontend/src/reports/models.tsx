import type { components } from '../api/schema'
import { type Filters, parseFilters } from '../requests/listSearch'
import { StatusGlyph } from '../requests/Marks'
import { statuses, statusLooks } from '../requests/status'
import { type ChartModel, type Point, valueWords } from './model'
import { dayWords } from './spans'

type Schemas = components['schemas']
type ApiFilters = Schemas['Filters']

const out = { label: 'Finished', color: 'var(--hue-done)' }
const HOURS_A_DAY = 24
const hatched = ['Resource Allocation', 'Discussion', 'On Hold', 'Revision Requested']

function link(filters: ApiFilters): Filters {
  return parseFilters({ ...filters })
}

function weekOf(week: string): Pick<Point, 'label' | 'title'> {
  return { label: dayWords(week), title: `Week of ${dayWords(week)}` }
}

function days(hours: number | null): number | null {
  return hours === null ? null : hours / HOURS_A_DAY
}

function count(number: number): string {
  return valueWords(number, 'count')
}

function several(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`
}

export function throughput({ rows, total }: Schemas['Throughput']): ChartModel {
  const mean = rows.length > 0 ? total / rows.length : 0
  return {
    form: 'bars',
    unit: 'count',
    what: 'Week',
    series: [out],
    points: rows.map(({ week, count, filters }) => ({
      ...weekOf(week),
      values: [{ value: count, filters: link(filters) }],
    })),
    answer: `${several(total, 'request')} finished in ${several(rows.length, 'week')}: ${valueWords(mean, 'count')} a week.`,
  }
}

export function openWork({ rows, total }: Schemas['OpenWorkOverTime']): ChartModel {
  const known = statuses.filter((status) => rows.some(({ byStatus }) => status in byStatus))
  const first = rows[0]
  return {
    form: 'stack',
    unit: 'count',
    what: 'At the end of',
    series: known.map((status) => ({
      label: status,
      color: statusLooks[status].hue,
      mark: <StatusGlyph status={status} />,
      isHatched: hatched.includes(status),
    })),
    points: rows.map(({ week, byStatus, filters }) => ({
      ...weekOf(week),
      values: known.map((status) => ({
        value: byStatus[status] ?? 0,
        filters: { ...link(filters), statusThen: [status] },
      })),
    })),
    answer: first
      ? `${several(total, 'request')} open now; at the end of the first week it was ${count(first.count)}.`
      : 'Nothing to tell.',
  }
}

export function cycleTime({ overall, rows }: Schemas['CycleTime']): ChartModel {
  const [median, p85] = [days(overall.cycleMedian), days(overall.cycleP85)]
  return {
    form: 'lines',
    unit: 'days',
    what: 'Finished in',
    series: [
      { label: 'Median', color: 'var(--accent)' },
      { label: '85th percentile', color: 'var(--hue-review)', isDashed: true },
    ],
    points: rows.map(({ week, cycleMedian, cycleP85, filters }) => ({
      ...weekOf(week),
      values: [cycleMedian, cycleP85].map((hours) => ({
        value: days(hours),
        filters: link(filters),
      })),
    })),
    answer:
      median === null
        ? 'Nothing with a known start was finished.'
        : `Half took ${valueWords(median, 'days')} or less, 85 of 100 ${valueWords(p85, 'days')} or less; ${count(overall.measured)} of ${count(overall.completed)} could be measured.`,
  }
}

export function timeInStatus({ rows, total }: Schemas['TimeInStatus']): ChartModel {
  const longest = [...rows].sort((one, other) => other.share - one.share)[0]
  return {
    form: 'rows',
    unit: 'days',
    what: 'Status',
    series: [{ label: 'Median', color: 'var(--accent)' }],
    points: rows.map(({ status, median, filters }) => ({
      label: status,
      title: status,
      color: statusLooks[status].hue,
      mark: <StatusGlyph status={status} />,
      values: [{ value: days(median), filters: link(filters) }],
    })),
    answer: longest
      ? `Of the time of ${several(total, 'request')}, ${Math.round(longest.share * 100)} % went by in ${longest.status}.`
      : 'Nothing was finished.',
  }
}

const volumes = [
  { label: 'Submitted', color: 'var(--hue-open)' },
  out,
  { label: 'Open now', color: 'var(--hue-working)' },
]

type Volume = Pick<Schemas['VendorVolume'], 'submitted' | 'completed' | 'open'>

function volumeOf(name: string, { submitted, completed, open }: Volume): Point {
  const values = [submitted, completed, open].map(({ count, filters }) => ({
    value: count,
    filters: link(filters),
  }))
  return { label: name, title: name, values }
}

export function byVendor({ rows }: Schemas['ByVendor']): ChartModel {
  const [first] = rows
  return {
    form: 'rows',
    unit: 'count',
    what: 'Vendor',
    series: volumes,
    points: rows.map((row) => volumeOf(row.vendor, row)),
    answer: first
      ? `${several(rows.length, 'vendor')}; ${first.vendor} most, with ${count(first.submitted.count)} submitted and ${count(first.completed.count)} finished.`
      : 'Nothing was submitted or finished.',
  }
}

export function byPriority({ rows }: Schemas['ByPriority']): ChartModel {
  const parts = rows.map(
    ({ priority, submitted }) => `${count(submitted.count)} ${priority.toLowerCase()}`,
  )
  return {
    form: 'rows',
    unit: 'count',
    what: 'Priority',
    series: volumes,
    points: rows.map((row) => volumeOf(row.priority, row)),
    answer: parts.length > 0 ? `Submitted: ${parts.join(', ')}.` : 'Nothing was submitted.',
  }
}

export function firstTimeRight({ rate, rows, total }: Schemas['FirstTimeRight']): ChartModel {
  const part = (value: number | null) => (value === null ? null : value * 100)
  return {
    form: 'lines',
    unit: 'percent',
    what: 'Finished in',
    series: [{ label: 'Accepted without a revision', color: 'var(--hue-done)' }],
    points: rows.map((row) => ({
      ...weekOf(row.week),
      values: [{ value: part(row.rate), filters: link(row.filters) }],
    })),
    answer:
      rate === null
        ? 'Nothing that was finished has been accepted yet.'
        : `${valueWords(part(rate), 'percent')} of ${several(total, 'request')} that were accepted needed no revision.`,
  }
}

export function estimates({ overall, rows }: Schemas['Estimates']): ChartModel {
  const { ratioMedian, measured, estimated, actual } = overall
  return {
    form: 'bars',
    unit: 'hours',
    what: 'Finished in',
    series: [
      { label: 'Estimated', color: 'var(--hue-open)' },
      { label: 'Actual', color: 'var(--hue-working)' },
    ],
    points: rows.map((row) => ({
      ...weekOf(row.week),
      values: [row.estimated, row.actual].map((value) => ({ value, filters: link(row.filters) })),
    })),
    answer:
      ratioMedian === null
        ? 'Nothing with an estimate and a known start was finished.'
        : `${several(measured, 'request')}: ${valueWords(estimated, 'hours')} estimated, ${valueWords(actual, 'hours')} worked; half took ${valueWords(ratioMedian, 'count')} times the estimate or less.`,
  }
}
