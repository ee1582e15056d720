import { Link } from '@tanstack/react-router'
import { Block } from './Block'
import { Figures } from './Figures'
import classes from './Home.module.css'
import { HomeSkeleton } from './HomeSkeleton'
import { LineAction } from './LineAction'
import { LoadBlock } from './LoadBlock'
import { TeamBlock } from './TeamBlock'
import type { Home } from './types'
import { STUCK_DAYS, useCards, useFirst } from './useBlocks'

const toJudge = { waitsFor: ['manager' as const] }

/** The inbox, the load, what is stuck and what came out. Who administers sees also people, jobs and health. */
export function ManagerHome({ home }: { home: Home | undefined }) {
  const inbox = useCards(toJudge, 8)
  const stuck = useFirst(home?.figures.stuck?.filters, 'statusSince', 6)
  const out = useFirst(home?.figures.completedLately.filters, '-statusSince', 5)
  if (!home || inbox.isPending || stuck.isPending || out.isPending) {
    return <HomeSkeleton figures={5} lines={14} />
  }
  const { figures, load, team } = home
  return (
    <>
      <Figures
        figures={[
          { label: 'to judge', figure: figures.inbox },
          { label: 'without an engineer', figure: figures.unassigned },
          { label: `stuck over ${STUCK_DAYS} days`, figure: figures.stuck },
          { label: 'open', figure: figures.open },
          { label: 'done in 7 days', figure: figures.completedLately },
        ]}
      />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Block
            title="To judge"
            count={figures.inbox?.count ?? 0}
            filters={figures.inbox?.filters ?? toJudge}
            sort="urgency"
            result={inbox}
            empty={
              <>
                Nothing waits for a manager.
                <Link to="/requests">See everything</Link>
              </>
            }
            action={(card) => <LineAction card={card} />}
          />
          <Block
            title={`In one status for more than ${STUCK_DAYS} days`}
            count={figures.stuck?.count ?? 0}
            filters={figures.stuck?.filters ?? {}}
            sort="statusSince"
            result={stuck}
            empty="Nothing is stuck."
            detail={(request) => request.assignedToName ?? 'nobody'}
          />
        </div>
        <div className={classes.column}>
          {load && <LoadBlock title="Load" home={home} canEdit />}
          <Block
            title="Came out in the last 7 days"
            count={figures.completedLately.count}
            filters={figures.completedLately.filters}
            sort="-statusSince"
            result={out}
            empty="Nothing was completed in the last 7 days."
          />
          {team && <TeamBlock team={team} />}
        </div>
      </div>
    </>
  )
}
