import type { Request, User } from '../api/types'
import { Block } from './Block'
import { holderOf } from './cards'
import { Figures } from './Figures'
import classes from './Home.module.css'
import { HomeSkeleton } from './HomeSkeleton'
import { LineAction } from './LineAction'
import { LoadBlock } from './LoadBlock'
import type { Home } from './types'
import { useCards, useFirst } from './useBlocks'

interface Props {
  home: Home | undefined
  user: User
}

const toAccept = { assignedTo: ['me'], status: ['Engineering Review' as const] }
const atWork = { assignedTo: ['me'], status: ['In Progress' as const, 'On Hold' as const] }

function hoursOf({ estimatedHours }: Request) {
  return estimatedHours === null ? 'no estimate' : `${estimatedHours} h`
}

/** What waits for an engineer, in order; what they have begun; and how much that is. */
export function EngineerHome({ home, user }: Props) {
  const accept = useCards(toAccept, 8)
  const working = useCards(atWork, 8)
  const mine = useFirst(home?.figures.mine?.filters, '-updatedAt', 5)
  if (!home || accept.isPending || working.isPending || mine.isPending) {
    return <HomeSkeleton figures={3} lines={12} />
  }
  const { figures } = home
  return (
    <>
      <Figures
        figures={[
          { label: 'wait for you', figure: figures.waitingForMe },
          { label: 'stuck over 7 days', figure: figures.stuck },
          { label: 'done in 7 days', figure: figures.completedLately },
        ]}
      />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Block
            title="To accept or discuss"
            count={accept.count}
            filters={toAccept}
            sort="urgency"
            result={accept}
            empty="Nothing waits for your yes. What a manager assigns to you will be here."
            detail={hoursOf}
            action={(card) => <LineAction card={card} />}
          />
          <Block
            title="In your hands"
            count={working.count}
            filters={atWork}
            sort="urgency"
            result={working}
            empty="You have nothing in progress or on hold."
            detail={hoursOf}
            action={(card) => <LineAction card={card} />}
          />
        </div>
        <div className={classes.column}>
          {home.load && <LoadBlock title="Your load" home={home} canEdit={false} />}
          {figures.mine.count > 0 && (
            <Block
              title="Asked for by you"
              count={figures.mine.count}
              filters={figures.mine.filters}
              sort="-updatedAt"
              result={mine}
              empty={null}
              detail={(request) => holderOf(request, user)}
            />
          )}
        </div>
      </div>
    </>
  )
}
