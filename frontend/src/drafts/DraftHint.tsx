import { UnstyledButton } from '@mantine/core'
import classes from './DraftHint.module.css'

interface Props {
  isKept: boolean
  /** Left out where something beside it does this. */
  onDiscard?: () => void
}

/** Says that what is typed survives, and offers to throw it away. */
export function DraftHint({ isKept, onDiscard }: Props) {
  if (!isKept) return null
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
