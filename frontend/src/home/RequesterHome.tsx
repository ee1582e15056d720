import { Link } from '@tanstack/react-router'
import type { User } from '../api/types'
import { Block } from './Block'
import { holderOf } from './cards'
import { Figures } from './Figures'
import { HomeSkeleton } from './HomeSkeleton'
import { LineAction } from './LineAction'
import type { Home } from './types'
import { useCards, useFirst } from './useBlocks'

interface Props {
  home: Home | undefined
  user: User
}

const waitingForMe = { waitsFor: ['me' as const] }

/** Where each of one's own stands, who has it, and what one must do next. */
export function RequesterHome({ home, user }: Props) {
  const waiting = useCards(waitingForMe, 8)
  const open = useFirst(home?.figures.mine?.filters, '-updatedAt', 12)
  if (!home || waiting.isPending || open.isPending) return <HomeSkeleton figures={3} lines={10} />
  const { figures } = home
  return (
    <>
      <Figures
        figures={[
          { label: 'wait for you', figure: figures.waitingForMe },
          { label: 'of yours are open', figure: figures.mine },
          { label: 'done in 7 days', figure: figures.completedLately },
        ]}
      />
      <Block
        title="Waits for you"
        count={figures.waitingForMe.count}
        filters={figures.waitingForMe.filters}
        sort="urgency"
        result={waiting}
        empty="Nothing waits for you. What is completed for you to judge will be here."
        action={(card) => <LineAction card={card} />}
      />
      <Block
        title="Yours that are open"
        count={figures.mine.count}
        filters={figures.mine.filters}
        sort="-updatedAt"
        result={open}
        empty={
          <>
            What you have asked for, and where each stands, will be here.
            <Link to="/requests/new">Ask for a simulation</Link>
          </>
        }
        detail={(request) => holderOf(request, user)}
      />
    </>
  )
}
