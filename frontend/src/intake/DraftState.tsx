import { UnstyledButton } from '@mantine/core'
import { TwoWindows } from '../drafts/DraftHint'
import hint from '../drafts/DraftHint.module.css'
import { Time } from '../ui/Time'
import type { Held } from './draftKeeper'

interface Props {
  held: Held
  onDiscard: () => void
  onResolve: (keepMine: boolean) => void
}

const words = {
  nowhere: '',
  saving: 'Saving draft …',
  server: 'Draft saved',
  browser: 'Draft kept in this browser, not on the server yet',
}

/** Says where what is typed is kept, only what is true, and offers to throw it away. */
export function DraftState({ held, onDiscard, onResolve }: Props) {
  if (held.theirs) {
    return (
      <TwoWindows onMine={() => onResolve(true)} onTheirs={() => onResolve(false)}>
        This draft was changed in another window <Time at={held.theirs.updatedAt} />. What you typed
        here is not saved.
      </TwoWindows>
    )
  }
  if (held.where === 'nowhere') return null
  return (
    <p className={hint.hint} role="status">
      {words[held.where]}
      <UnstyledButton className={hint.discard} onClick={onDiscard}>
        Discard draft
      </UnstyledButton>
    </p>
  )
}
