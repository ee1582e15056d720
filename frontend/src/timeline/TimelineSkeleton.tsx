import { Skeleton } from '@mantine/core'
import classes from './Timeline.module.css'

const rows = ['60%', '35%', '80%', '45%']

export function TimelineSkeleton() {
  return (
    <div className={classes.chart} aria-hidden>
      <div className={classes.weeks} />
      {rows.map((width) => (
        <div key={width} className={classes.engineer}>
          <div className={classes.who}>
            <Skeleton height={12} width="70%" />
            <Skeleton height={8} width="50%" mt={10} />
          </div>
          <div className={classes.ghosts}>
            <Skeleton height={24} width={width} />
          </div>
        </div>
      ))}
    </div>
  )
}
