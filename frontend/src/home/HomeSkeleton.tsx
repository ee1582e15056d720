import { Skeleton } from '@mantine/core'
import { FiguresSkeleton } from './Figures'
import classes from './Home.module.css'

/** Until everything is there: then it appears at once, and nothing moves. */
export function HomeSkeleton({ figures, lines }: { figures: number; lines: number }) {
  return (
    <>
      <FiguresSkeleton count={figures} />
      <div aria-hidden>
        <div className={classes.head}>
          <Skeleton height={11} width={120} my={5} />
        </div>
        {Array.from({ length: lines }, (_, at) => `line-${at}`).map((id) => (
          <div key={id} className={classes.ghost}>
            <Skeleton height={10} width={72} />
            <Skeleton height={11} />
          </div>
        ))}
      </div>
    </>
  )
}
