import { Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { parseListSearch } from '../requests/listSearch'
import { useChangeMark } from '../ui/useChangeMark'
import classes from './Figures.module.css'
import type { Figure } from './types'

export interface NamedFigure {
  label: string
  figure: Figure | null | undefined
}

/** The numbers that matter, each with its list behind it. */
export function Figures({ figures }: { figures: NamedFigure[] }) {
  return (
    <ul className={classes.figures} aria-label="Figures">
      {figures.map(({ label, figure }) => (
        <li key={label}>{figure && <One label={label} figure={figure} />}</li>
      ))}
    </ul>
  )
}

function One({ label, figure }: { label: string; figure: Figure }) {
  const mark = useChangeMark(figure.count)
  return (
    <Link
      to="/requests"
      search={parseListSearch({ ...figure.filters })}
      className={classes.figure}
      data-changed={mark}
    >
      <span className={classes.count}>{figure.count.toLocaleString('en')}</span>{' '}
      <span className={classes.label}>{label}</span>
    </Link>
  )
}

export function FiguresSkeleton({ count }: { count: number }) {
  return (
    <div className={classes.figures} aria-hidden>
      {Array.from({ length: count }, (_, at) => `figure-${at}`).map((id) => (
        <div key={id} className={classes.figure}>
          <Skeleton height={22} width={44} my={5} />
          <Skeleton height={10} width={96} my={4} />
        </div>
      ))}
    </div>
  )
}
