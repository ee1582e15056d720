import { UnstyledButton } from '@mantine/core'
import { Flyout } from '../ui/Flyout'
import { Avatar, Person } from '../ui/Person'
import { useWatching } from './useWatching'
import classes from './Watchers.module.css'

const FEW = 4

/** Who is told of what happens here, and whether one wants to be. */
export default function Watchers({ requestId }: { requestId: string }) {
  const { query, set, isSaving } = useWatching(requestId)
  if (!query.data) return <span className={classes.none}>{query.error ? '–' : ''}</span>
  const { watchers, watching } = query.data
  return (
    <span className={classes.line}>
      {watchers.length > 0 && (
        <Flyout
          label="Who watches"
          buttonLabel={`Who watches: ${watchers.length}`}
          title={watchers.map(({ name }) => name).join(', ')}
          buttonClass={classes.who}
          button={
            <>
              {watchers.slice(0, FEW).map(({ id, name }) => (
                <Avatar key={id} id={id} name={name} />
              ))}
              {watchers.length > FEW && <span>+{watchers.length - FEW}</span>}
            </>
          }
        >
          {() => (
            <ul className={classes.people}>
              {watchers.map(({ id, name }) => (
                <li key={id}>
                  <Person id={id} name={name} />
                </li>
              ))}
            </ul>
          )}
        </Flyout>
      )}
      <UnstyledButton
        className={classes.watch}
        data-saving={isSaving || undefined}
        title={
          watching
            ? 'You are told of what happens here'
            : 'You are told only of what mentions you here'
        }
        onClick={() => set(!watching)}
      >
        {watching ? 'Stop watching' : 'Watch'}
      </UnstyledButton>
    </span>
  )
}
