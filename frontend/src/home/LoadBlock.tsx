import { UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { parseListSearch } from '../requests/listSearch'
import { Person } from '../ui/Person'
import classes from './Home.module.css'
import loadClasses from './Load.module.css'
import { barOf, longestOf, weeksWords } from './load'
import type { Load } from './types'

const FEW = 9

interface Props {
  title: string
  load: Load[]
}

/** Open work of each engineer in hours, against the hours that they have in a week. */
export function LoadBlock({ title, load }: Props) {
  const id = useId()
  const [isAll, setAll] = useState(false)
  const longest = longestOf(load)
  const shown = isAll ? load : load.slice(0, FEW)
  return (
    <section className={classes.block} aria-labelledby={id}>
      <header className={classes.head}>
        <h2 id={id}>{title}</h2>
        {load.length > FEW && (
          <UnstyledButton className={classes.all} onClick={() => setAll(!isAll)}>
            {isAll ? 'Show fewer' : `All ${load.length}`}
          </UnstyledButton>
        )}
      </header>
      {load.length === 0 && <p className={classes.empty}>There is no active engineer yet.</p>}
      <ul>
        {shown.map((one) => (
          <Row key={one.engineerId} {...{ one, longest }} />
        ))}
      </ul>
    </section>
  )
}

function Row({ one, longest }: { one: Load; longest: number }) {
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
      <span className={loadClasses.hours}>{one.weeklyHours} h/week</span>
    </li>
  )
}
