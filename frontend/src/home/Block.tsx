import { UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import { messageOf } from '../api/problem'
import type { Request } from '../api/types'
import { parseListSearch } from '../requests/listSearch'
import { keepFocus } from '../ui/focus'
import { ErrorState, FormMessage } from '../ui/States'
import classes from './Home.module.css'
import { RequestLines } from './RequestLines'
import type { Filters } from './types'
import { useHeldOrder } from './useHeldOrder'

interface Result<T> {
  data?: T[]
  error: unknown
  isFetching: boolean
  refetch: () => void
}

interface Props<T extends Request> {
  title: string
  /** Which list this is the beginning of, and how long that is. */
  count: number
  filters: Filters
  sort?: string
  result: Result<T>
  /** What is told instead of nothing. */
  empty: ReactNode
  detail?: (request: T) => ReactNode
  action?: (request: T) => ReactNode
}

const none: never[] = []

/** The beginning of a list, with the way to all of it. */
export function Block<T extends Request>(props: Props<T>) {
  const { title, count, filters, sort, result, empty, detail, action } = props
  const id = useId()
  const held = useHeldOrder<T>(result.data ?? none, title)
  const take = () => {
    held.show()
    requestAnimationFrame(() => keepFocus())
  }
  return (
    <section className={classes.block} aria-labelledby={id}>
      <header className={classes.head}>
        <h2 id={id}>{title}</h2>
        <span role="status" className={classes.waiting}>
          {held.waiting > 0 && (
            <>
              {held.waiting === 1 ? '1 change' : `${held.waiting} changes`}
              <UnstyledButton className={classes.show} onClick={take}>
                Show
              </UnstyledButton>
            </>
          )}
        </span>
        {count > 0 && (
          <Link
            to="/requests"
            search={parseListSearch({ ...filters, sort })}
            className={classes.all}
            aria-label={`All ${count}: ${title}`}
          >
            All {count.toLocaleString('en')}
          </Link>
        )}
      </header>
      {result.error !== null && result.data && (
        <FormMessage>What stands here may be old. {messageOf(result.error)}</FormMessage>
      )}
      {!result.data && result.error !== null && (
        <ErrorState error={result.error} onRetry={result.refetch} isRetrying={result.isFetching} />
      )}
      {result.data && held.rows.length === 0 && <div className={classes.empty}>{empty}</div>}
      {held.rows.length > 0 && (
        <div {...held.hold}>
          <RequestLines requests={held.rows} isNew={held.isNew} detail={detail} action={action} />
        </div>
      )}
    </section>
  )
}
