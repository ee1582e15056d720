import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import classes from './notify.module.css'

const closeButtonProps = { 'aria-label': 'Close' }

/** For what happens out of sight; what a form or page shows itself needs no notification. */
export function notifyError(message: string): void {
  notifications.show({
    message,
    color: 'red',
    autoClose: 10_000,
    role: 'alert',
    closeButtonProps,
  })
}

export function notify(message: string): void {
  notifications.show({ message, role: 'status', closeButtonProps })
}

interface Undoable {
  id: string
  undo: () => void
}

/** The newest change that can still be taken back. */
let last: Undoable | null = null

/** How long a change is offered to be taken back. The time stands still under the pointer. */
const UNDO_MS = 10_000

/** Tells what was done and offers to take it back, in place of asking before it is done. */
export function offerUndo(message: string, undo: () => void): void {
  if (last) notifications.hide(last.id)
  const id = crypto.getRandomValues(new Uint32Array(2)).join('-')
  last = { id, undo }
  notifications.show({
    id,
    message: (
      <span className={classes.undo}>
        {message}
        <Button size="xs" variant="default" onClick={runUndo}>
          Undo
        </Button>
      </span>
    ),
    role: 'status',
    closeButtonProps,
    autoClose: UNDO_MS,
    onClose: () => {
      if (last?.id === id) last = null
    },
  })
}

/** Takes the newest change back, as long as it is offered. */
export function runUndo(): void {
  if (!last) return
  const { id, undo } = last
  last = null
  notifications.hide(id)
  undo()
}
