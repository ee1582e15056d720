import { UnstyledButton } from '@mantine/core'
import { IconArrowsMove, IconClock, IconClockPause } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, memo, Suspense, useEffect, useLayoutEffect, useRef } from 'react'
import { DueDate } from '../requests/DueDate'
import { PriorityMark } from '../requests/Marks'
import { Tags } from '../requests/Tags'
import { fromHere } from '../requests/trail'
import { Avatar } from '../ui/Person'
import { Time } from '../ui/Time'
import { ageWords } from '../ui/timeWords'
import { useChangeMark } from '../ui/useChangeMark'
import classes from './BoardCard.module.css'
import { useBoardPart } from './context'
import type { Card } from './types'

const MoveMenu = lazy(() => import('./MoveMenu'))

export const hintId = 'board-hint'

interface Props {
  card: Card
  /** Where others have put it, while it is still shown here. */
  elsewhere: string | null
  /** The one card of its column that Tab stops at. */
  isStop: boolean
  /** Changes when the card is to take the focus. */
  wanted: number
  isLifted: boolean
  isSaving: boolean
  refusals: number
  hasMenu: boolean
}

export const BoardCard = memo(function BoardCard(props: Props) {
  const { card, elsewhere, isStop, wanted, isLifted, isSaving, refusals, hasMenu } = props
  const part = useBoardPart()
  const element = useRef<HTMLElement>(null)
  const link = useRef<HTMLAnchorElement>(null)
  const mark = useChangeMark(card.version)
  const isFixed = isSaving || (elsewhere !== null && !isLifted)
  const { id } = card
  useEffect(() => {
    if (element.current && !isFixed) return part.register(id, element.current)
  }, [part, id, isFixed])
  useLayoutEffect(() => {
    if (!isFixed) return part.know(card)
  }, [part, card, isFixed])
  useLayoutEffect(() => {
    if (wanted > 0) link.current?.focus({ preventScroll: true })
  }, [wanted])
  return (
    <article
      ref={element}
      className={classes.card}
      data-card={card.id}
      data-lifted={isLifted || undefined}
      data-changed={mark}
      data-refused={refusals > 0 ? (refusals % 2 ? 'odd' : 'even') : undefined}
    >
      <div className={classes.top}>
        <span className={classes.key}>{card.key}</span>
        <span className={classes.tags}>
          <Tags tags={card.tags} isShort />
        </span>
        <DueDate {...card} isShort />
        <PriorityMark priority={card.priority} wordless />
        <MoveButton card={card} isDisabled={isFixed} isStop={isStop} hasMenu={hasMenu} />
      </div>
      <Link
        ref={link}
        to="/requests/$requestId"
        params={{ requestId: card.key }}
        state={fromHere}
        className={classes.title}
        title={card.title}
        dir="auto"
        draggable={false}
        tabIndex={isStop ? 0 : -1}
        aria-describedby={hintId}
        aria-keyshortcuts="Space s"
      >
        {card.title}
      </Link>
      <CardFoot {...{ card, elsewhere, isSaving }} />
    </article>
  )
})

interface ButtonProps {
  card: Card
  isDisabled: boolean
  isStop: boolean
  hasMenu: boolean
}

function MoveButton({ card, isDisabled, isStop, hasMenu }: ButtonProps) {
  const part = useBoardPart()
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <UnstyledButton
        ref={button}
        className={classes.move}
        aria-label={`Move ${card.key}`}
        aria-haspopup="menu"
        aria-expanded={hasMenu}
        disabled={isDisabled}
        tabIndex={isStop ? 0 : -1}
        onClick={() => part.openMenu(hasMenu ? null : card.id)}
      >
        <IconArrowsMove size={14} aria-hidden />
      </UnstyledButton>
      {hasMenu && (
        <Suspense>
          <MoveMenu card={card} anchor={button} />
        </Suspense>
      )}
    </>
  )
}

export function CardFoot({
  card,
  elsewhere,
  isSaving,
}: Pick<Props, 'card' | 'elsewhere' | 'isSaving'>) {
  if (elsewhere) return <div className={classes.foot}>Now {elsewhere}</div>
  return (
    <div className={classes.foot}>
      <span className={classes.vendor} title={card.vendor}>
        {card.vendor}
      </span>
      {card.estimatedHours !== null && (
        <span className={classes.hours}>{card.estimatedHours.toLocaleString('en')} h</span>
      )}
      <span className={classes.age}>
        {isSaving ? (
          'saving …'
        ) : (
          <>
            {card.clockStopped ? (
              <>
                <IconClockPause size={12} aria-hidden />
                <span className={classes.spoken}>In {card.status}, clock </span>
                stopped for{' '}
              </>
            ) : (
              <>
                <IconClock size={12} aria-hidden />
                <span className={classes.spoken}>In {card.status} for </span>
              </>
            )}
            <Time at={card.statusSince} words={ageWords} lead={`In ${card.status} since`} />
          </>
        )}
      </span>
      {card.assignedTo && card.assignedToName && (
        <span className={classes.who} title={card.assignedToName}>
          <Avatar id={card.assignedTo} name={card.assignedToName} size={20} />
          <span className={classes.spoken}>{card.assignedToName}</span>
        </span>
      )}
    </div>
  )
}
