import { Button, UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './DraftHint.module.css'
import type { useDraft } from './useDraft'

interface Props<T> {
  draft: Pick<ReturnType<typeof useDraft<T>>, 'isKept' | 'theirs' | 'keepMine' | 'takeTheirs'>
  /** Shows what another window has written in place of what is here. */
  onTake: (value: T) => void
  /** Left out where something beside it does this. */
  onDiscard?: () => void
}

/** Says that what is typed survives, and offers to throw it away; or that another window keeps something else. */
export function DraftHint<T>({ draft, onTake, onDiscard }: Props<T>) {
  if (draft.theirs) {
    const take = () => {
      const value = draft.takeTheirs()
      if (value !== undefined) onTake(value)
    }
    return (
      <TwoWindows onMine={draft.keepMine} onTheirs={take}>
        This draft was changed in another window. What you typed here is not kept.
      </TwoWindows>
    )
  }
  if (!draft.isKept) return null
  return (
    <span className={classes.hint}>
      Draft kept
      {onDiscard && (
        <UnstyledButton className={classes.discard} onClick={onDiscard}>
          Discard draft
        </UnstyledButton>
      )}
    </span>
  )
}

interface TwoProps {
  children: ReactNode
  onMine: () => void
  onTheirs: () => void
}

/** Two windows have written the same draft: nothing more is kept of this one until the person has chosen. */
export function TwoWindows({ children, onMine, onTheirs }: TwoProps) {
  return (
    <div className={classes.two} role="alert">
      <p>{children}</p>
      <Button size="xs" variant="default" onClick={onMine}>
        Keep what is here
      </Button>
      <Button size="xs" variant="default" onClick={onTheirs}>
        Take the other one
      </Button>
    </div>
  )
}
