import { IconCircle, IconCircleCheckFilled, IconX } from '@tabler/icons-react'
import classes from './Verdict.module.css'

const looks = {
  passed: { Icon: IconCircleCheckFilled, word: 'Passed' },
  failed: { Icon: IconX, word: 'Failed' },
  open: { Icon: IconCircle, word: 'Open' },
}

export type VerdictName = keyof typeof looks

export function verdictOf(passed: boolean | undefined): VerdictName {
  if (passed === undefined) return 'open'
  return passed ? 'passed' : 'failed'
}

/** Told by shape and word first, and by hue. */
export function Verdict({ verdict }: { verdict: string }) {
  const { Icon, word } = looks[verdict as VerdictName] ?? looks.open
  return (
    <span className={classes.verdict} data-verdict={verdict}>
      <Icon size={15} aria-hidden />
      {word}
    </span>
  )
}
