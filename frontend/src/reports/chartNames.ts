/** The API's names of the statistics, in the order in which they are shown. */
export const chartNames = [
  'throughput',
  'open-work',
  'cycle-time',
  'time-in-status',
  'by-vendor',
  'by-priority',
  'first-time-right',
  'estimates',
] as const

export type ChartName = (typeof chartNames)[number]
