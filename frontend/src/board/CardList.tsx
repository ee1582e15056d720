import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Status } from '../api/types'
import { useIsPhone } from '../app/useWidth'
import { keepsTrail } from '../requests/trail'
import { BoardCard } from './BoardCard'
import classes from './BoardColumn.module.css'
import type { HeldCard } from './held'
import type { Overlay } from './overlay'
import type { Lane } from './steps'
import type { Card } from './types'
import { useHeldCards } from './useHeldCards'

/** As BoardCard.module.css says, and the room between two. */
const CARD_HEIGHT = 106
const GAP = 8
/** So many cards before the end the next ones are asked for. */
const AHEAD = 12

export interface ListProps {
  status: Status
  count: number
  cards: Card[]
  all: ReadonlyMap<string, Card>
  overlay: Overlay
  refused: ReadonlyMap<string, number>
  /** The card in this column that Tab stops at, that takes the focus, that is lifted, whose menu is open. */
  stop: string | null
  wanted: { id: string; times: number } | null
  lifted: string | null
  menu: string | null
  hasMore: boolean
  onMore: () => void
  onLane: (status: Status, lane: (() => Lane) | null) => void
}

/** The cards of a column; only those on screen, and those that must not go, are in the document. */
export const CardList = memo(function CardList(props: ListProps) {
  const { status, count, cards, all, overlay, lifted, stop, wanted } = props
  const scroller = useRef<HTMLDivElement>(null)
  const isPhone = useIsPhone()
  // A move that was refused is taken back at once, wherever the pointer is: it was the person's own.
  const own = { has: (id: string) => overlay.has(id) || props.refused.has(id) }
  const { rows, hold } = useHeldCards({ cards, all, own, isHeld: lifted !== null })
  const pinned = placesOf(rows, [stop, lifted, wanted?.id])
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD_HEIGHT,
    gap: GAP,
    paddingStart: GAP,
    paddingEnd: GAP,
    overscan: 4,
    getItemKey: (index) => rows[index]?.card.id ?? index,
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), ...pinned])].sort((a, b) => a - b),
  })
  const items = list.getVirtualItems()
  useLaneReport(props, rows, () => list.range?.startIndex ?? 0)
  const last = list.range?.endIndex ?? 0
  const { hasMore, onMore } = props
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) onMore()
  }, [hasMore, last, rows.length, onMore])
  const wantedPlace = wanted ? placesOf(rows, [wanted.id])[0] : undefined
  const times = wanted?.times
  const shown = useRef<number>(undefined)
  useLayoutEffect(() => {
    if (times === undefined || wantedPlace === undefined || shown.current === times) return
    shown.current = times
    list.scrollToIndex(wantedPlace)
  }, [times, wantedPlace, list])
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      // Without a card to stop at, the keys must still scroll it.
      tabIndex={isPhone && !stop ? 0 : undefined}
      data-lane={status}
      data-loaded={rows.length}
      onClickCapture={keepsTrail(() => rows.map(({ card }) => card.key))}
      {...hold}
    >
      {rows.length === 0 && <p className={classes.nothing}>Nothing here.</p>}
      <ol className={classes.cards} style={{ height: list.getTotalSize() }} aria-label={status}>
        {items.map(({ index, key, start }) => {
          const row = rows[index]
          if (!row) return null
          const { id } = row.card
          return (
            <li
              key={key}
              className={classes.slot}
              style={{ transform: `translateY(${start}px)` }}
              aria-setsize={count}
              aria-posinset={index + 1}
            >
              <BoardCard
                card={row.card}
                elsewhere={row.elsewhere}
                isStop={id === stop}
                wanted={wanted?.id === id ? wanted.times : 0}
                isLifted={id === lifted}
                isSaving={overlay.get(id)?.settledAt === null}
                refusals={props.refused.get(id) ?? 0}
                hasMenu={id === props.menu}
              />
            </li>
          )
        })}
      </ol>
    </div>
  )
})

function placesOf(rows: HeldCard[], ids: (string | null | undefined)[]): number[] {
  return ids.flatMap((id) => {
    const place = id ? rows.findIndex(({ card }) => card.id === id) : -1
    return place < 0 ? [] : [place]
  })
}

/** Lets the board ask what stands here, when a key is pressed. */
function useLaneReport({ status, onLane }: ListProps, rows: HeldCard[], first: () => number) {
  const [report] = useState(() => ({ rows, first }))
  useLayoutEffect(() => {
    report.rows = rows
    report.first = first
  })
  useEffect(() => {
    onLane(status, () => ({
      status,
      ids: report.rows.map(({ card }) => card.id),
      first: report.first(),
    }))
    return () => onLane(status, null)
  }, [status, onLane, report])
}
