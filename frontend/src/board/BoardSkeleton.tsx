import { Skeleton } from '@mantine/core'
import classes from './Board.module.css'
import cardClasses from './BoardCard.module.css'
import columnClasses from './BoardColumn.module.css'

const columns = ['abcdef', 'bcde', 'abcde', 'abc', 'cdef', 'ab']

/** The board before its cards are here: the same columns, the same cards. */
export function BoardSkeleton() {
  return (
    <div className={classes.board} aria-hidden>
      {columns.map((cards) => (
        <div key={cards} className={columnClasses.column}>
          <div className={columnClasses.head}>
            <Skeleton height={10} width="55%" />
          </div>
          {[...cards].map((card) => (
            <div key={card} className={cardClasses.ghostCard}>
              <Skeleton height={8} width="30%" />
              <Skeleton height={10} width="85%" />
              <Skeleton height={8} width="45%" />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
