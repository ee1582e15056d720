import { useShortcuts } from '../commands/useShortcuts'
import type { Step } from './steps'

interface Deeds {
  /** The card that Tab stops at, where the focus comes from elsewhere. */
  stop: string | undefined
  /** Nothing else is to happen while a card is in the hand. */
  isLifted: boolean
  onStep: (id: string, step: Step) => void
  onEnter: () => void
  onLift: (id: string) => void
  onMenu: (id: string) => void
  onAssign: (id: string) => void
}

function focused(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-card]')?.dataset.card
}

/** The board's single keys, also for the help sheet. Arrows, Home and End mean something on a card only: boardKeys. */
export function useBoardShortcuts(deeds: Deeds): void {
  const enabled = !deeds.isLifted && deeds.stop !== undefined
  const step = (direction: Step) => () => {
    const id = focused()
    if (id) deeds.onStep(id, direction)
    else deeds.onEnter()
  }
  const onCard = (act: (id: string) => void) => () => {
    const id = focused() ?? deeds.stop
    if (id) act(id)
  }
  const group = 'Board'
  useShortcuts([
    {
      keys: 'j',
      label: 'Card below, as arrow down',
      group,
      enabled,
      run: step('down'),
      repeats: true,
    },
    { keys: 'k', label: 'Card above, as arrow up', group, enabled, run: step('up'), repeats: true },
    { keys: 'space', label: 'Pick the card up', group, enabled, run: onCard(deeds.onLift) },
    { keys: 's', label: 'Show the moves', group, enabled, run: onCard(deeds.onMenu) },
    { keys: 'a', label: 'Assign', group, enabled, run: onCard(deeds.onAssign) },
  ])
}
