import { useState } from 'react'
import type { Status } from '../api/types'
import type { Light } from './BoardColumn'
import { nextChoice } from './steps'
import { openTargets, type Targets, targetsOf } from './targets'
import type { Card } from './types'

/** A card in the hand, of the pointer or of the keyboard. */
export interface Lift {
  card: Card
  by: 'pointer' | 'keys'
  targets: Targets
  over: Status | null
}

export function useLift() {
  const [lift, setLift] = useState<Lift | null>(null)
  return {
    lift,
    raise(card: Card, by: Lift['by']): Targets {
      const targets = targetsOf(card)
      setLift({ card, by, targets, over: null })
      return targets
    },
    hover(over: Status | null) {
      if (lift && lift.over !== over) setLift({ ...lift, over })
    },
    choose(direction: 1 | -1): Status | null {
      if (!lift) return null
      const over = nextChoice(openTargets(lift.targets), lift.over, direction)
      setLift({ ...lift, over })
      return over
    },
    putDown: () => setLift(null),
  }
}

/** What a column tells about the card in the hand. */
export function lightOf(
  lift: Lift | null,
  status: Status,
): { light: Light | null; why: string | null } {
  if (!lift) return { light: null, why: null }
  if (lift.card.status === status) return { light: 'home', why: null }
  const why = lift.targets.get(status)?.why ?? null
  if (why !== null) return { light: 'closed', why }
  return { light: lift.over === status ? 'over' : 'open', why: null }
}
