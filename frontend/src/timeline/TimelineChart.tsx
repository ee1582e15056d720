import { useIntersection } from '@mantine/hooks'
import { type CSSProperties, memo, useEffect, useMemo, useState } from 'react'
import type { components } from '../api/schema'
import { keepsTrail } from '../requests/trail'
import { Avatar } from '../ui/Person'
import { dayOf, loadOver, packed, placed, type Stretch, weeksOf } from './layout'
import classes from './Timeline.module.css'
import { WorkBar } from './WorkBar'
import { dayWords } from './words'

type Timeline = components['schemas']['Timeline']
type EngineerWork = components['schemas']['EngineerWork']

interface Props {
  timeline: Pick<Timeline, 'from' | 'to'>
  /** Page by page. */
  engineers: EngineerWork[][]
  weeks: number
  onNear: (page: number, isNear: boolean) => void
}

/** No week is narrower, so that the words of a bar can be read; a longer stretch scrolls sideways. */
const WEEK_WIDTH: Record<number, number> = { 4: 200, 8: 110, 12: 84, 26: 56 }
const WORDS_WIDTH = 180

/** Open work over weeks: for a screen reader a list for each engineer, to the eye bars along a time. */
export function TimelineChart({ timeline: { from, to }, engineers, weeks, onNear }: Props) {
  const stretch = useMemo(() => ({ from: dayOf(from), to: dayOf(to) }), [from, to])
  const now = useNow()
  const width = weeks * (WEEK_WIDTH[weeks] ?? 84)
  const today = (100 * (now - stretch.from)) / (stretch.to - stretch.from)
  const style = { '--track': `${width}px`, '--weeks': weeks, '--today': `${today}%` }
  return (
    <section
      className={classes.chart}
      style={style as CSSProperties}
      aria-label="Open work by engineer"
    >
      <div className={classes.weeks} aria-hidden>
        {weeksOf(stretch).map((week) => (
          <span key={week} className={classes.week}>
            {dayWords(week)}
          </span>
        ))}
      </div>
      {engineers.map((some, page) => (
        <Page
          // biome-ignore lint/suspicious/noArrayIndexKey: a page is its place.
          key={page}
          {...{ page, stretch, weeks, onNear }}
          engineers={some}
          words={(100 * WORDS_WIDTH) / width}
        />
      ))}
      <p className={classes.note}>Laid out by estimates and weekly hours from Monday to Friday.</p>
    </section>
  )
}

interface Shown {
  stretch: Stretch
  weeks: number
  words: number
}

interface PageProps extends Shown {
  page: number
  engineers: EngineerWork[]
  onNear: (page: number, isNear: boolean) => void
}

const Page = memo(function Page({ page, engineers, onNear, ...shown }: PageProps) {
  const { ref, entry } = useIntersection({ rootMargin: '800px' })
  const isNear = entry?.isIntersecting ?? false
  useEffect(() => {
    if (!isNear) return
    onNear(page, true)
    return () => onNear(page, false)
  }, [page, isNear, onNear])
  return (
    <div ref={ref}>
      {engineers.map((engineer) => (
        <Row key={engineer.engineerId} engineer={engineer} {...shown} />
      ))}
    </div>
  )
})

interface RowProps extends Shown {
  engineer: EngineerWork
}

function Row({ engineer, stretch, weeks, words }: RowProps) {
  const { ref, wasNear } = useWasNear()
  const { engineerId, name, items } = engineer
  const known = items.flatMap(({ request, start, end, basis }) =>
    start && end ? [{ request, start, end, basis }] : [],
  )
  const shown = known.filter(({ start }) => dayOf(start) < stretch.to)
  const places = shown.map((item) => placed(item, stretch))
  const rows = packed(places, words)
  const unknown = items.filter(({ start, end }) => !start || !end)
  const later = known.length - shown.length
  return (
    <section className={classes.engineer} aria-labelledby={`engineer-${engineerId}`}>
      <div className={classes.who}>
        <h2 id={`engineer-${engineerId}`} className={classes.name}>
          <Avatar id={engineerId} name={name} size={20} />
          {name}
        </h2>
        <LoadMeter engineer={engineer} weeks={weeks} />
        {later > 0 && <p className={classes.more}>{later.toLocaleString('en')} later than shown</p>}
      </div>
      <ul
        ref={ref}
        className={classes.track}
        style={{ height: `${(Math.max(0, ...rows) + 1) * 30 + 8}px` }}
        onClickCapture={keepsTrail(() => engineer.items.map(({ request }) => request.key))}
      >
        {wasNear &&
          shown.map((item, at) => {
            const place = places[at]
            return (
              place && <WorkBar key={item.request.id} {...item} place={place} row={rows[at] ?? 0} />
            )
          })}
      </ul>
      {unknown.length > 0 && (
        <p className={classes.unknown}>
          When {unknown.map(({ request }) => request.key).join(', ')} will be done cannot be told.
        </p>
      )}
    </section>
  )
}

function LoadMeter({ engineer, weeks }: { engineer: EngineerWork; weeks: number }) {
  const { openHours, weeklyHours, openRequests } = engineer
  if (openHours === null || weeklyHours === null) return null
  const load = loadOver({ openHours, weeklyHours }, weeks)
  return (
    <>
      <p className={classes.load}>
        {openRequests === 1 ? '1 request' : `${openRequests} requests`}, {load.words}
      </p>
      <div className={classes.meter} data-over={load.over !== null || undefined} aria-hidden>
        <span style={{ width: `${100 * load.part}%` }} />
      </div>
      {load.over && <p className={classes.over}>{load.over}</p>}
    </>
  )
}

/** Whether it has been on the screen or close to it: a desk with hundreds of engineers has thousands of bars. */
function useWasNear() {
  const { ref, entry } = useIntersection({ rootMargin: '800px' })
  const [wasNear, setNear] = useState(false)
  if (entry?.isIntersecting && !wasNear) setNear(true)
  return { ref, wasNear }
}

function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
