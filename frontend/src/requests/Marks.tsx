import type { ReactNode } from 'react'
import type { Priority, Status } from '../api/types'
import classes from './Marks.module.css'
import { type Glyph, isStatus, priorityLevels, statusLooks } from './status'

const outline = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 } as const
const line = { ...outline, strokeLinecap: 'round', strokeLinejoin: 'round' } as const
const ring = <circle cx="8" cy="8" r="6.2" {...outline} />
const pie = (path: string) => (
  <>
    {ring}
    <path d={path} fill="currentColor" />
  </>
)

const glyphs: Record<Glyph, ReactNode> = {
  ring,
  half: pie('M8 4a4 4 0 0 0 0 8z'),
  question: (
    <>
      {ring}
      <path d="M6.2 6.4a1.8 1.8 0 1 1 2.7 1.6c-.6.3-.9.6-.9 1.2M8 11.2v.1" {...line} />
    </>
  ),
  quarter: pie('M8 8V4a4 4 0 0 1 4 4z'),
  halfRight: pie('M8 4a4 4 0 0 1 0 8z'),
  threeQuarters: pie('M8 8V4a4 4 0 1 1-4 4z'),
  bubble: <path d="M2.6 3.4h10.8v7.4H7.4L4.6 13.2v-2.4h-2z" {...line} />,
  pause: (
    <>
      {ring}
      <path d="M6.3 5.6v4.8M9.7 5.6v4.8" {...line} />
    </>
  ),
  check: (
    <>
      {ring}
      <path d="m5.2 8.2 2 2 3.6-4.1" {...line} />
    </>
  ),
  checkFilled: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="m5 8.2 2.1 2.1L11 6" {...line} stroke="var(--page)" strokeWidth={1.9} />
    </>
  ),
  again: <path d="M3 3.2v3.4h3.4M3.3 6.4a5.4 5.4 0 1 1-.5 3.2" {...line} />,
  cross: <path d="m4 4 8 8m0-8-8 8" {...line} strokeWidth={2} />,
  barred: (
    <>
      {ring}
      <path d="m3.8 12.2 8.4-8.4" {...outline} />
    </>
  ),
}

/** A status as shape, word and hue. A word that is no status (from old data) stands plain. */
export function StatusMark({ status }: { status: string }) {
  if (!isStatus(status)) return <span>{status}</span>
  return (
    <span className={classes.status} style={{ color: statusLooks[status].hue }}>
      <StatusGlyph status={status} />
      <span className={classes.word}>{status}</span>
    </span>
  )
}

export function StatusGlyph({ status }: { status: Status }) {
  const { glyph, hue } = statusLooks[status]
  return (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      width="14"
      height="14"
      className={classes.glyph}
      style={{ color: hue }}
    >
      {glyphs[glyph]}
    </svg>
  )
}

/** Three bars, filled by level; the word stands beside them or, in a dense table, is only spoken. */
export function PriorityMark({ priority, wordless }: { priority: Priority; wordless?: boolean }) {
  const level = priorityLevels[priority]
  return (
    <span className={classes.priority} title={wordless ? `${priority} priority` : undefined}>
      <svg aria-hidden viewBox="0 0 14 12" width="14" height="12" className={classes.glyph}>
        {[1, 2, 3].map((bar) => (
          <rect
            key={bar}
            x={(bar - 1) * 5}
            y={12 - bar * 4}
            width="3.4"
            height={bar * 4}
            rx="1"
            className={bar <= level ? classes.filled : classes.unfilled}
          />
        ))}
      </svg>
      <span className={wordless ? classes.spoken : undefined}>{priority}</span>
    </span>
  )
}
