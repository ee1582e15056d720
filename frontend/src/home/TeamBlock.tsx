import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import type { Role } from '../api/types'
import classes from './Home.module.css'
import teamClasses from './Team.module.css'
import type { Team } from './types'

const nouns: Record<Role, string> = {
  USER: 'requester',
  ENGINEER: 'engineer',
  MANAGER: 'manager',
  ADMIN: 'administrator',
}

function several(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}

const checkWords: Record<string, { ok: string; not: string }> = {
  database: { ok: 'The database answers', not: 'The database does not answer' },
  migrated: { ok: 'its schema is current', not: 'its schema is not current' },
}

/** People, jobs and health, for who looks after them. */
export function TeamBlock({ team }: { team: Team }) {
  const id = useId()
  const people = Object.entries(nouns).map(([role, noun]) => several(team.people[role] ?? 0, noun))
  if (team.inactive > 0) people.push(`${team.inactive} inactive`)
  const health = team.ready.map(({ name, ok }) => checkWords[name]?.[ok ? 'ok' : 'not'] ?? name)
  return (
    <section className={classes.block} aria-labelledby={id}>
      <header className={classes.head}>
        <h2 id={id}>System</h2>
        <span className={teamClasses.version}>Version {team.version}</span>
      </header>
      <dl className={teamClasses.facts}>
        <div>
          <dt>People</dt>
          <dd>{people.join(', ')}</dd>
        </div>
        <div>
          <dt>Jobs</dt>
          <dd data-bad={team.jobsFailed > 0 || undefined}>
            {team.jobsWaiting} waiting, {team.jobsFailed} failed for good.{' '}
            <Link to="/jobs">See what failed</Link>
          </dd>
        </div>
        <div>
          <dt>Health</dt>
          <dd data-bad={team.ready.some(({ ok }) => !ok) || undefined}>
            {health.join(', ')}; {(team.databaseBytes / 1024 ** 2).toFixed(0)} MB
          </dd>
        </div>
      </dl>
    </section>
  )
}
