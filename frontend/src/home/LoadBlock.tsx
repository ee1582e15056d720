import { UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { parseListSearch } from '../requests/listSearch'
import { Person } from '../ui/Person'
import { ErrorState } from '../ui/States'
import classes from './Home.module.css'
import loadClasses from './Load.module.css'
import { barOf, inOrder, longestOf, weeksWords } from './load'
import type { Home, Load } from './types'
import { useWholeLoad } from './useBlocks'
import { WeeklyHours } from './WeeklyHours'

const FEW = 9

interface Props {
  title: string
  home: Home
  canEdit: boolean
}

/** Open work of each engineer in hours, against the hours that they have in a week. */
export function LoadBlock({ title, home, canEdit }: Props) {
  const id = useId()
  const [isAll, setAll] = useState(false)
  const some = home.load ?? []
  const engineers = home.engineers ?? some.length
  const whole = useWholeLoad(isAll && engineers > some.length)
  const load = (isAll && whole.data?.load) || some
  // Those with the most work first, as it was when the page was opened: a change does not move what one reads.
  const [order] = useState(() => load.map(({ engineerId }) => engineerId))
  const longest = longestOf(load)
  const sorted = inOrder(load, order)
  const shown = isAll ? sorted : sorted.slice(0, FEW)
  return (
    <section className={classes.block} aria-labelledby={id}>
      <header className={classes.head}>
        <h2 id={id}>{title}</h2>
        {engineers > FEW && (
          <UnstyledButton className={classes.all} onClick={() => setAll(!isAll)}>
            {isAll ? 'Show fewer' : `All ${engineers}`}
          </UnstyledButton>
        )}
      </header>
      {engineers === 0 && <p className={classes.empty}>There is no active engineer yet.</p>}
      <ul>
        {shown.map((one) => (
          <Row key={one.engineerId} {...{ one, longest, canEdit }} />
        ))}
      </ul>
      {isAll && whole.isFetching && load.length < engineers && (
        <p className={classes.empty}>The others are on their way …</p>
      )}
      {isAll && whole.error && (
        <ErrorState error={whole.error} onRetry={whole.refetch} isRetrying={whole.isFetching} />
      )}
    </section>
  )
}

function Row({ one, longest, canEdit }: { one: Load; longest: number; canEdit: boolean }) {
  const { within, beyond, week } = barOf(one, longest)
  const words = weeksWords(one)
  return (
    <li className={loadClasses.row}>
      <Person id={one.engineerId} name={one.name} size={20} />
      <span className={loadClasses.bar} aria-hidden>
        <i className={loadClasses.within} style={{ width: `${within}%` }} />
        <i className={loadClasses.beyond} style={{ width: `${beyond}%` }} />
        <i className={loadClasses.week} style={{ insetInlineStart: `${week}%` }} />
      </span>
      <Link
        to="/requests"
        search={parseListSearch({ ...one.filters })}
        className={loadClasses.open}
        title={`${one.openRequests} open, estimated at ${one.openHours} h in all: ${words}`}
        aria-label={`${one.name}: ${one.openRequests} open, ${one.openHours} h, ${words}`}
      >
        {one.openRequests} · {one.openHours.toLocaleString('en')} h
      </Link>
      <span className={loadClasses.words}>{words}</span>
      <WeeklyHours one={one} canEdit={canEdit} />
    </li>
  )
}
