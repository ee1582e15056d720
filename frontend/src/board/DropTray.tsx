import { StatusGlyph } from '../requests/Marks'
import classes from './Board.module.css'
import { openTargets } from './targets'
import type { Lift } from './useLift'

/** On a phone only one column is seen: while a card is dragged, the places that it may go to lie at the thumb. */
export function DropTray({ lift }: { lift: Lift }) {
  const open = openTargets(lift.targets)
  return (
    <div className={classes.tray}>
      {open.length === 0 && <p>{lift.card.key} cannot be moved by you from here.</p>}
      {open.map((status) => (
        <div
          key={status}
          className={classes.place}
          data-drop={status}
          data-over={lift.over === status || undefined}
        >
          <StatusGlyph status={status} />
          {status}
        </div>
      ))}
    </div>
  )
}
