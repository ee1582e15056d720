import type { ReactNode } from 'react'
import { Notice } from '../ui/States'
import { roleLabel } from '../users/roles'
import classes from './ImportPage.module.css'
import type { ImportReport } from './useImport'

/** What an import would do, before anything is done. */
export function ImportPreview({ report }: { report: ImportReport }) {
  const { requests, comments, people, problems, notes } = report
  const counts: [string, number][] = [
    ['In the file', requests.total],
    ['New', requests.new],
    ['Already here', requests.alreadyHere],
    ['Cannot be taken', requests.invalid],
    ['New comments', comments.new],
  ]
  return (
    <>
      <Notice>Nothing has been changed yet. This is what an import would do.</Notice>
      <dl className={classes.counts}>
        {counts.map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{count.toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      {notes.length > 0 && (
        <ul className={classes.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {people.length > 0 && (
        <Block title="People">
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">Name in the file</th>
                <th scope="col">Role</th>
                <th scope="col">What happens</th>
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <tr key={`${person.oldId}-${person.name}`}>
                  <td>{person.name}</td>
                  <td>{roleLabel(person.role)}</td>
                  <td>{fateOf(person)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Block>
      )}
      {problems.length > 0 && (
        <Block title="What cannot be taken">
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">Entry</th>
                <th scope="col">Request</th>
                <th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {problems.map((problem) => (
                <tr key={problem.entry}>
                  <td>{problem.entry}</td>
                  <td>{problem.title || problem.id || '–'}</td>
                  <td>
                    <ul>
                      {problem.errors.map(({ field, message }) => (
                        <li key={`${field}-${message}`}>
                          {field && <b>{field}: </b>}
                          {message}
                        </li>
                      ))}
                    </ul>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Block>
      )}
    </>
  )
}

function fateOf({ match, email }: ImportReport['people'][number]): string {
  if (match === 'matched') return `Stands for ${email ?? 'a person who is here'}`
  return 'Is added, inactive: cannot sign in until an administrator allows it'
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.block}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
