import classes from './Keys.module.css'
import { capsOf, chordsOf } from './keys'

/** The caps of a shortcut: Ctrl K, or g then h. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={classes.keys}>
      {chordsOf(keys).map((chord, step) => (
        <span key={chord} className={classes.chord}>
          {step > 0 && <span className={classes.then}>then</span>}
          {capsOf(chord).map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </span>
      ))}
    </span>
  )
}
