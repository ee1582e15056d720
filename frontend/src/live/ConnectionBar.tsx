import { useSyncExternalStore } from 'react'
import classes from './ConnectionBar.module.css'
import { getConnection, subscribe } from './connection'

const words = {
  connecting: null,
  live: null,
  interrupted: 'Live updates are interrupted; trying again.',
  offline: 'You are offline. What you type is kept; what you send waits until you are back.',
}

/** Keeps the page live while it is shown, and says when it is not. */
export default function ConnectionBar() {
  const connection = useSyncExternalStore(subscribe, getConnection)
  return (
    <div role="status" data-connection={connection} className={classes.place}>
      {words[connection] && <p className={classes.bar}>{words[connection]}</p>}
    </div>
  )
}
