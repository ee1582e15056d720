import { UnstyledButton } from '@mantine/core'
import { IconChevronsLeft, IconChevronsRight } from '@tabler/icons-react'
import { memo, useEffect, useRef, useState } from 'react'
import type { Status } from '../api/types'
import { StatusGlyph } from '../requests/Marks'
import { usePointed } from '../ui/useHold'
import classes from './BoardColumn.module.css'
import { CardList, type ListProps } from './CardList'

/** How a column looks to the card that is being moved. */
export type Light = 'home' | 'open' | 'over' | 'closed'

interface Props extends ListProps {
  hours: number | null
  /** Shown as a narrow strip: folded or not in the filter. An empty one is as well, where there is room for several. */
  isFolded: boolean
  isPhone: boolean
  canFold: boolean
  isFiltered: boolean
  light: Light | null
  why: string | null
  onFold: (status: Status, folded: boolean) => void
}

export const BoardColumn = memo(function BoardColumn(props: Props) {
  const { status, count, light, why } = props
  const { isNarrow, hold } = useNarrow(props)
  const element = useRef<HTMLElement>(null)
  const isShown = light === 'over' || props.wanted !== null
  useEffect(() => {
    if (isShown) element.current?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [isShown])
  return (
    <section
      ref={element}
      className={classes.column}
      aria-label={`${status}, ${count.toLocaleString('en')}`}
      data-column={status}
      data-narrow={isNarrow || undefined}
      data-light={light ?? undefined}
      data-drop={light === 'open' || light === 'over' ? status : undefined}
      {...hold}
    >
      {isNarrow ? <Strip {...props} /> : <Head {...props} />}
      {!isNarrow && <CardList {...listProps(props)} />}
      {light === 'closed' && <p className={classes.why}>{isNarrow ? null : why}</p>}
    </section>
  )
})

/** A column that becomes empty under somebody's pointer stays as wide as it is until the pointer has gone. */
function useNarrow({ count, lifted, isFolded, isPhone }: Props) {
  const { isPointed, handlers } = usePointed()
  const [wasWide, setWasWide] = useState(count > 0)
  const isWide = count > 0 || (wasWide && (isPointed || lifted !== null))
  if (isWide !== wasWide) setWasWide(isWide)
  return {
    isNarrow: isFolded || !(isWide || isPhone),
    hold: handlers,
  }
}

/** Only what the list needs, so that the light of a column does not draw its cards anew. */
function listProps(props: Props): ListProps {
  const { status, count, cards, all, overlay, refused, stop, wanted, lifted, menu } = props
  const { hasMore, onMore, onLane } = props
  return {
    status,
    count,
    cards,
    all,
    overlay,
    refused,
    stop,
    wanted,
    lifted,
    menu,
    hasMore,
    onMore,
    onLane,
  }
}

function Head({ status, count, hours, canFold, onFold }: Props) {
  return (
    <header className={classes.head}>
      <StatusGlyph status={status} />
      <h2 className={classes.name}>{status}</h2>
      <span className={classes.count}>{count.toLocaleString('en')}</span>
      {hours !== null && hours > 0 && (
        <span className={classes.hours} title="Estimated hours of all of them">
          {hours.toLocaleString('en')} h
        </span>
      )}
      {canFold && (
        <UnstyledButton
          className={classes.fold}
          aria-label={`Fold ${status}`}
          onClick={() => onFold(status, true)}
        >
          <IconChevronsLeft size={14} aria-hidden />
        </UnstyledButton>
      )}
    </header>
  )
}

function Strip({ status, count, canFold, isFiltered, onFold }: Props) {
  const inside = (
    <>
      <StatusGlyph status={status} />
      <span className={classes.count}>{isFiltered ? '–' : count.toLocaleString('en')}</span>
      <span className={classes.upright}>{status}</span>
    </>
  )
  if (!canFold || count === 0) {
    return (
      <div className={classes.strip} title={isFiltered ? `${status}: not in the filter` : status}>
        {inside}
      </div>
    )
  }
  return (
    <UnstyledButton
      className={classes.strip}
      aria-label={`Unfold ${status}`}
      title={`Unfold ${status}`}
      onClick={() => onFold(status, false)}
    >
      {inside}
      <IconChevronsRight size={14} aria-hidden className={classes.unfold} />
    </UnstyledButton>
  )
}
