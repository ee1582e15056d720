import { useId } from 'react'
import {
  Bar,
  type BarShapeProps,
  CartesianGrid,
  ComposedChart,
  type DotItemDotProps,
  LabelList,
  type LabelProps,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import classes from './Chart.module.css'
import { Mark } from './Mark'
import { type ChartModel, type Point, valueWords } from './model'
import { Told } from './Told'

const tick = { fill: 'var(--text-soft)', fontSize: 12 }
const HEIGHT = 216
/** Of a digit, in pixels. */
const DIGIT = 7

/** Weeks from left to right: bars beside or on each other, or lines. */
export default function WeekChart({ model }: { model: ChartModel }) {
  const { form, unit, series, points } = model
  const id = useId()
  return (
    <ResponsiveContainer width="100%" height={HEIGHT}>
      <ComposedChart
        data={points}
        margin={{ top: 18, right: 20, bottom: 0, left: 0 }}
        barCategoryGap={points.length > 60 ? 0 : '18%'}
        barGap={1}
        accessibilityLayer={false}
      >
        <defs>
          {series.map(
            ({ label, color, isHatched }, at) =>
              isHatched && <Hatch key={label} id={`${id}-${at}`} color={color} />,
          )}
        </defs>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="label"
          tickLine={false}
          minTickGap={24}
          tick={tick}
          stroke="var(--line-medium)"
          interval="equidistantPreserveStart"
        />
        <YAxis
          width={56}
          tickCount={4}
          axisLine={false}
          tickLine={false}
          allowDecimals={unit !== 'count'}
          domain={unit === 'percent' ? [0, 100] : [0, 'auto']}
          tickFormatter={(value: number) => valueWords(value, unit)}
          tick={tick}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ className: classes.cursor }}
          content={(told) => <Told model={model} point={told.payload?.[0]?.payload} />}
        />
        {series.map(({ label, color, isDashed, isHatched }, at) =>
          form === 'lines' ? (
            <Line
              key={label}
              name={label}
              dataKey={valueAt(at)}
              stroke={color}
              strokeWidth={2}
              strokeDasharray={isDashed ? '5 4' : undefined}
              isAnimationActive={false}
              dot={(props: DotItemDotProps) => (
                <Dot key={props.key} {...props} {...{ at, color, isDashed }} />
              )}
              activeDot={false}
            />
          ) : (
            <Bar
              key={label}
              name={label}
              dataKey={valueAt(at)}
              stackId={form === 'stack' ? 'all' : undefined}
              fill={isHatched ? `url(#${id}-${at})` : color}
              isAnimationActive={false}
              shape={(props: BarShapeProps) => <Block {...props} at={at} />}
            >
              {form === 'bars' && unit === 'count' && (
                <LabelList content={(label) => <Above {...label} />} />
              )}
            </Bar>
          ),
        )}
      </ComposedChart>
    </ResponsiveContainer>
  )
}

function valueAt(at: number) {
  return (point: Point) => point.values[at]?.value ?? null
}

/** The number above a bar, where there is room for it. */
function Above({ x, y, width, value }: LabelProps) {
  const words = valueWords(Number(value), 'count')
  const room = Number(width)
  if (!value || room * 1.3 < words.length * DIGIT) return null
  return (
    <text x={Number(x) + room / 2} y={Number(y) - 6} textAnchor="middle" className={classes.label}>
      {words}
    </text>
  )
}

function Block({ x, y, width, height, fill, payload, at }: BarShapeProps & { at: number }) {
  const { filters } = (payload as Point).values[at] ?? {}
  return (
    <Mark filters={filters}>
      <rect
        x={x}
        y={y}
        width={Math.max(0, width)}
        height={Math.max(0, height)}
        fill={fill}
        stroke="var(--page)"
        strokeWidth={width > 4 ? 1 : 0}
        className={classes.mark}
      />
    </Mark>
  )
}

interface DotProps extends DotItemDotProps {
  at: number
  color: string
  isDashed: boolean | undefined
}

function Dot({ cx, cy, payload, at, color, isDashed }: DotProps) {
  const { value, filters } = (payload as Point).values[at] ?? {}
  if (value === null || value === undefined || cx === undefined || cy === undefined) return null
  return (
    <Mark filters={filters}>
      <circle cx={cx} cy={cy} r={9} fill="transparent" />
      <circle
        cx={cx}
        cy={cy}
        r={3.5}
        fill={isDashed ? 'var(--page)' : color}
        stroke={color}
        strokeWidth={2}
        className={classes.mark}
      />
    </Mark>
  )
}

/** Stripes tell neighbours apart for those who do not see their colours apart. */
function Hatch({ id, color }: { id: string; color: string }) {
  return (
    <pattern
      id={id}
      width={5}
      height={5}
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect width={5} height={5} fill="var(--page)" />
      <rect width={3.2} height={5} fill={color} />
    </pattern>
  )
}
