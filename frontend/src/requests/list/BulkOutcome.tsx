import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import classes from './BulkBar.module.css'
import type { Outcome } from './useBulk'

/** What was done, what was refused and why, and the way back where there is one. */
export default function BulkOutcome({
  outcome,
  onClose,
}: {
  outcome: Outcome
  onClose: () => void
}) {
  const { words, refused, undo } = outcome
  return (
    <section className={classes.outcome} aria-label="What was done">
      <div className={classes.said}>
        <span role="status">
          {words}
          {refused.length > 0 && `, ${refused.length} refused`}
        </span>
        {undo && (
          <button type="button" className={classes.all} onClick={undo}>
            Undo
          </button>
        )}
        <button type="button" className={classes.close} aria-label="Close" onClick={onClose}>
          <IconX size={16} aria-hidden />
        </button>
      </div>
      {refused.length > 0 && (
        <ul className={classes.refused}>
          {refused.map(({ reference, key, detail }) => (
            <li key={reference}>
              {key ? (
                <Link to="/requests/$requestId" params={{ requestId: key }}>
                  {key}
                </Link>
              ) : (
                reference
              )}
              <span>{detail}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
