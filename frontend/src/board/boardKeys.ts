import type { KeyboardEvent } from 'react'
import type { Step } from './steps'

export interface KeyHandlers {
  /** A card is in the hand: the arrows choose where it goes. */
  isLifted: boolean
  onStep: (id: string, step: Step) => void
  onLift: (id: string) => void
  onChoose: (direction: 1 | -1) => void
  onDrop: () => void
  onCancel: () => void
  onMenu: (id: string) => void
  onAssign: (id: string) => void
}

const steps: Record<string, Step> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  k: 'up',
  j: 'down',
  Home: 'top',
  End: 'bottom',
}
const directions: Record<string, 1 | -1> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
}

/** What the keys do on a board. Enter on a card that is not in the hand is left to its link. */
export function boardKey(event: KeyboardEvent, handlers: KeyHandlers): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
  const target = event.target as HTMLElement
  if (handlers.isLifted) {
    if (take(liftedKey(event.key, handlers))) event.preventDefault()
    return
  }
  const id = target.closest<HTMLElement>('[data-card]')?.dataset.card
  if (!id || target.tagName !== 'A') return
  if (take(restingKey(event.key, id, handlers))) {
    event.preventDefault()
    // Keys that mean something here must not mean something to the page as well.
    event.stopPropagation()
  }
}

type Deed = (() => void) | null

function take(deed: Deed): boolean {
  deed?.()
  return deed !== null
}

function liftedKey(key: string, handlers: KeyHandlers): Deed {
  const direction = directions[key]
  if (direction) return () => handlers.onChoose(direction)
  if (key === 'Enter' || key === ' ') return handlers.onDrop
  if (key === 'Escape' || key === 'Tab') return handlers.onCancel
  return null
}

function restingKey(key: string, id: string, handlers: KeyHandlers): Deed {
  const step = steps[key]
  if (step) return () => handlers.onStep(id, step)
  if (key === ' ') return () => handlers.onLift(id)
  if (key === 's') return () => handlers.onMenu(id)
  if (key === 'a') return () => handlers.onAssign(id)
  return null
}
