import { useLocalStorage } from '@mantine/hooks'
import { useMemo, useRef, useState } from 'react'
import type { Action, Status } from '../api/types'
import type { ListSearch } from '../requests/listSearch'
import { finalStatuses, statuses } from '../requests/status'
import classes from './Board.module.css'
import { hintId } from './BoardCard'
import { type Asking, BoardDialogs } from './BoardDialogs'
import { BoardLane } from './BoardLane'
import { boardKey } from './boardKeys'
import { toBoardQuery } from './boardQuery'
import { BoardContext, type BoardPart } from './context'
import { DropTray } from './DropTray'
import { Ghost, type GhostHandle } from './Ghost'
import { LanePicker } from './LanePicker'
import { cardsById, withMoves } from './overlay'
import { asksFirst } from './targets'
import type { BoardColumn, Card } from './types'
import { useBoardFocus } from './useBoardFocus'
import { useBoardShortcuts } from './useBoardShortcuts'
import { type Point, useDragging } from './useDragging'
import { lightOf, useLift } from './useLift'
import { useOwnMoves } from './useOwnMoves'
import { usePhonePages } from './usePhonePages'
import { words } from './words'

interface Props {
  given: { columns: BoardColumn[]; at: number }
  search: ListSearch
  isPhone: boolean
}

export function Board({ given, search, isPhone }: Props) {
  const query = useMemo(() => toBoardQuery(search), [search])
  const [folded, setFolded] = useLocalStorage<readonly Status[]>({
    key: 'board-folded',
    defaultValue: finalStatuses,
    getInitialValueInEffect: false,
  })
  const [said, say] = useState('')
  const [menu, setMenu] = useState<string | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  const [grip, setGrip] = useState<(Point & { width: number; start: Point }) | null>(null)
  const ghost = useRef<GhostHandle>(null)
  const known = useRef(new Map<string, Card>())

  const byStatus = useMemo(
    () => new Map(given.columns.map((column) => [column.status, column])),
    [given.columns],
  )
  const all = useMemo(() => cardsById(given.columns), [given.columns])
  const isOpen = (status: Status) => byStatus.has(status) && (isPhone || !folded.includes(status))
  const focus = useBoardFocus(given.columns, isOpen)
  const moves = useOwnMoves(given, {
    onMoved: (card) => say(words.moved(card)),
    onRefused(card, why) {
      say(words.refused(card, why))
      if (document.activeElement === document.body) focus.want({ status: card.status, id: card.id })
    },
  })
  const counted = useMemo(
    () => withMoves(given.columns, moves.overlay, query.sort),
    [given.columns, moves.overlay, query.sort],
  )
  const counts = new Map(counted.map(({ status, count }) => [status, count]))
  const hand = useLift()
  const { lift } = hand

  /** After a move by keys or menu the focus goes with the card, or stays beside where the card was. */
  const followTo = ({ id }: Card, to: Status) => {
    const next = isPhone || !isOpen(to) ? focus.beside(id) : { status: to, id }
    // Once the menu that it was chosen in has gone, and with it the focus.
    if (next) requestAnimationFrame(() => focus.want(next))
  }
  const choose = (card: Card, action: Action, isFollowed = true) => {
    if (asksFirst(action)) return setAsking({ card, action })
    if (isFollowed) followTo(card, action.to)
    say(words.moving(card, action.to))
    moves.make(card, action)
  }
  const drop = (over: Status | null) => {
    hand.putDown()
    setGrip(null)
    if (!lift) return
    const { card, targets, by } = lift
    const target = over ? targets.get(over) : undefined
    const [action, ...more] = target?.actions ?? []
    if (!action) return say(target?.why ? words.closed(target.why) : words.cancelled(card))
    if (more.length > 0) return setMenu(card.id)
    choose(card, action, by === 'keys')
  }
  const dragging = useDragging({
    onStart(id, at) {
      const card = known.current.get(id)
      const place = document.querySelector(`[data-card="${id}"]`)?.getBoundingClientRect()
      if (!card || !place) return dragging.cancel()
      setMenu(null)
      setGrip({ x: at.x - place.x, y: at.y - place.y, width: place.width, start: at })
      hand.raise(card, 'pointer')
    },
    onMove(at, over) {
      ghost.current?.follow(at)
      hand.hover(over)
    },
    onEnd: drop,
  })
  const cancel = () => {
    if (lift) say(words.cancelled(lift.card))
    hand.putDown()
  }
  const openMenu = (id: string | null) => {
    const before = menu && known.current.get(menu)
    setMenu(id)
    if (!id && before) focus.want({ status: before.status, id: before.id })
  }
  const latest = useRef({ openMenu, choose })
  latest.current = { openMenu, choose }
  const part = useMemo<BoardPart>(
    () => ({
      know(card) {
        known.current.set(card.id, card)
        return () => known.current.delete(card.id)
      },
      register: dragging.card,
      openMenu: (id) => latest.current.openMenu(id),
      choose: (card, action) => latest.current.choose(card, action),
    }),
    [dragging.card],
  )
  const withCard = (id: string, act: (card: Card) => void) => {
    const card = known.current.get(id)
    if (card) act(card)
  }
  const raise = (id: string) =>
    withCard(id, (card) => {
      if (!document.activeElement?.closest('[data-card]')) focus.want({ status: card.status, id })
      say(words.lifted(card, hand.raise(card, 'keys')))
    })
  useBoardShortcuts({
    stop: focus.stop?.id,
    isLifted: lift !== null,
    onStep: focus.step,
    onEnter: () => focus.stop && focus.want(focus.stop),
    onLift: raise,
    onMenu: openMenu,
    onAssign: (id) =>
      withCard(id, (card) => {
        const assign = card.actions.find(({ name, allowed }) => name === 'assign' && allowed)
        if (assign) choose(card, assign)
      }),
  })
  const phone = usePhonePages(isPhone)
  const shown = isPhone ? statuses.filter((status) => byStatus.has(status)) : statuses
  return (
    <BoardContext value={part}>
      {isPhone && (
        <LanePicker
          columns={shown.map((status) => ({ status, count: counts.get(status) ?? 0 }))}
          shown={shown[phone.at] ?? 'Submitted'}
          onShow={(status) => phone.show(shown.indexOf(status))}
        />
      )}
      <p id={hintId} className={classes.spoken}>
        Space picks the card up, s shows the moves, Enter opens the request.
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys are heard for the links inside. */}
      <div
        ref={phone.ref}
        className={classes.board}
        data-lifting={lift?.by}
        data-drag={dragging.isReady ? 'ready' : undefined}
        onScroll={phone.onScroll}
        {...focus.handlers}
        onKeyDown={(event) =>
          boardKey(event, {
            isLifted: lift?.by === 'keys',
            onStep: focus.step,
            onLift: raise,
            onChoose(direction) {
              const over = hand.choose(direction)
              if (over && lift) say(words.over(over, lift.targets))
            },
            onDrop: () => drop(lift?.over ?? null),
            onCancel: cancel,
          })
        }
      >
        {shown.map((status) => {
          const column = byStatus.get(status) ?? emptyColumn(status)
          const isIn = (id: string | null | undefined, where: Status | undefined) =>
            where === status ? (id ?? null) : null
          return (
            <BoardLane
              key={status}
              given={column}
              query={query}
              all={all}
              overlay={moves.overlay}
              refused={moves.refused}
              stop={isIn(focus.stop?.id, focus.stop?.status)}
              wanted={focus.wanted?.status === status ? focus.wanted : null}
              lifted={isIn(lift?.card.id, lift?.card.status)}
              menu={menu}
              isFolded={!isOpen(status)}
              isPhone={isPhone}
              canFold={finalStatuses.includes(status)}
              isFiltered={!byStatus.has(status)}
              {...lightOf(lift, status)}
              onLane={focus.onLane}
              onFold={(which, isFolded) =>
                setFolded((before) =>
                  isFolded ? [...before, which] : before.filter((one) => one !== which),
                )
              }
            />
          )
        })}
      </div>
      <div role="status" aria-live="assertive" className={classes.spoken} data-announce>
        {said}
      </div>
      {lift?.by === 'pointer' && grip && (
        <Ghost ref={ghost} card={lift.card} grip={grip} start={grip.start} />
      )}
      {isPhone && lift?.by === 'pointer' && <DropTray lift={lift} />}
      {asking && (
        <BoardDialogs
          asking={{ ...asking, card: known.current.get(asking.card.id) ?? asking.card }}
          onAction={(action) => setAsking({ ...asking, action })}
          onDone={(request) => {
            moves.settle(request)
            followTo(asking.card, request.status)
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </BoardContext>
  )
}

const empty = new Map<Status, BoardColumn>()

/** A column that the filter leaves out, always the same object so that it is not drawn anew. */
function emptyColumn(status: Status): BoardColumn {
  const column = empty.get(status) ?? { status, count: 0, cards: [], nextCursor: null }
  empty.set(status, column)
  return column
}
