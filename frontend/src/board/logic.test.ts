import { describe, expect, it } from 'vitest'
import type { Action, Status } from '../api/types'
import { heldCards } from './held'
import { cardsById, moving, nothingMoved, settled, stillMoved, withMoves } from './overlay'
import { nextChoice, spotAfter } from './steps'
import { openTargets, targetsOf } from './targets'
import type { BoardColumn, Card } from './types'

function action(name: string, to: Status, change: Partial<Action> = {}): Action {
  return { name, to, allowed: true, needsReason: false, why: null, ...change } as Action
}

function card(id: string, change: Partial<Card> = {}): Card {
  return {
    id,
    key: `SIM-${id}`,
    title: id,
    status: 'Submitted',
    priority: 'Medium',
    version: 1,
    actions: [],
    ...change,
  } as Card
}

function column(status: Status, cards: Card[], count = cards.length): BoardColumn {
  return { status, count, cards: cards.map((one) => ({ ...one, status })), nextCursor: null }
}

const ids = (columns: BoardColumn[]) => columns.map(({ cards }) => cards.map(({ id }) => id).join())

describe('targetsOf', () => {
  const targets = targetsOf({
    status: 'Discussion',
    actions: [
      action('resolve', 'Engineering Review', { needsReason: true }),
      action('assign', 'Engineering Review'),
      action('unassign', 'Resource Allocation', { allowed: false, why: 'Only a manager may.' }),
      action('cancel', 'Cancelled'),
    ],
  })

  it('opens the columns that an allowed action leads to, in the order of the life', () => {
    expect(openTargets(targets)).toEqual(['Engineering Review', 'Cancelled'])
    expect(targets.get('Engineering Review')?.actions.map(({ name }) => name)).toEqual([
      'resolve',
      'assign',
    ])
  })

  it('says why the others are closed, in the words of the server where it has any', () => {
    expect(targets.get('Resource Allocation')?.why).toBe('Only a manager may.')
    expect(targets.get('Accepted')?.why).toBe('No move leads here from Discussion.')
  })

  it('leaves the own column out', () => {
    expect(targets.has('Discussion')).toBe(false)
  })
})

describe('the overlay', () => {
  const board = [
    column('Submitted', [card('a', { priority: 'High' }), card('b'), card('c')], 70),
    column('Feasibility Review', [card('x', { priority: 'High' }), card('y', { priority: 'Low' })]),
  ]
  const b = board[0]?.cards[1] as Card

  it('shows a move at its place in the order, and counts it', () => {
    const moved = moving(b, 'Feasibility Review')
    const shown = withMoves(board, new Map([['b', moved]]), '-priority')
    expect(ids(shown)).toEqual(['a,c', 'x,b,y'])
    expect(shown.map(({ count }) => count)).toEqual([69, 3])
  })

  it('puts a card at the end where it sorts last, whatever the direction', () => {
    const overlay = new Map([['b', moving(b, 'On Hold')]])
    const high = [column('On Hold', [card('x', { priority: 'High' })])]
    const low = [column('On Hold', [card('x', { priority: 'Low' })])]
    expect(ids(withMoves(high, overlay, '-priority'))).toEqual(['x,b'])
    expect(ids(withMoves(high, overlay, 'priority'))).toEqual(['b,x'])
    expect(ids(withMoves(low, overlay, '-priority'))).toEqual(['b,x'])
    expect(ids(withMoves(low, overlay, 'priority'))).toEqual(['x,b'])
  })

  it('leaves the board as it is where nothing was moved', () => {
    expect(withMoves(board, nothingMoved, '-priority')).toBe(board)
  })

  it('stays until the given cards have the version that the move made', () => {
    const overlay = new Map([['b', moving(b, 'Feasibility Review')]])
    expect(stillMoved(overlay, board, 5).size).toBe(1)
    const told = [
      column('Submitted', []),
      column('Feasibility Review', [card('b', { version: 2 })]),
    ]
    expect(stillMoved(overlay, told, 5).size).toBe(0)
  })

  it('ends for a card that is not given any more only after the answer', () => {
    const empty = [column('Submitted', [])]
    expect(stillMoved(new Map([['b', moving(b, 'Cancelled')]]), empty, 99).size).toBe(1)
    const done = new Map([['b', settled({ ...b, status: 'Cancelled', version: 2 }, 50)]])
    expect(stillMoved(done, empty, 49).size).toBe(1)
    expect(stillMoved(done, empty, 51).size).toBe(0)
  })
})

describe('heldCards', () => {
  const shown = [card('a'), card('b'), card('c')]
  const none = new Set<string>()

  it('keeps the places and takes the values of now', () => {
    const fresh = [card('new'), card('c', { title: 'changed' }), card('a')]
    const all = cardsById([column('Submitted', fresh), column('Denied', [card('b')])])
    const held = heldCards(shown, { fresh, all, own: none })
    expect(held.map(({ card: { id } }) => id)).toEqual(['a', 'b', 'c'])
    expect(held.map(({ elsewhere }) => elsewhere)).toEqual([null, 'Denied', null])
    expect(held[2]?.card.title).toBe('changed')
  })

  it('lets go of what the person moved away, and takes what they moved here', () => {
    const fresh = [card('a'), card('mine'), card('c')]
    const held = heldCards(shown, { fresh, all: new Map(), own: new Set(['b', 'mine']) })
    expect(held.map(({ card: { id } }) => id)).toEqual(['a', 'mine', 'c'])
  })
})

describe('spotAfter', () => {
  const lanes = [
    { status: 'Submitted' as const, ids: ['a', 'b', 'c'], first: 1 },
    { status: 'Discussion' as const, ids: [], first: 0 },
    { status: 'On Hold' as const, ids: ['x', 'y', 'z'], first: 0 },
  ]
  it.each([
    ['b', 'up', 'a'],
    ['a', 'up', undefined],
    ['b', 'down', 'c'],
    ['c', 'down', undefined],
    ['b', 'top', 'a'],
    ['a', 'bottom', 'c'],
    ['b', 'right', 'x'],
    ['c', 'right', 'y'],
    ['a', 'left', undefined],
  ] as const)('%s %s is %s', (id, step, wanted) => {
    expect(spotAfter(lanes, { status: 'Submitted', id }, step)?.id).toBe(wanted)
  })

  it('goes back to the height it came from', () => {
    expect(spotAfter(lanes, { status: 'On Hold', id: 'y' }, 'left')?.id).toBe('c')
    expect(spotAfter(lanes, { status: 'On Hold', id: 'z' }, 'left')?.id).toBe('c')
  })
})

describe('nextChoice', () => {
  it('goes round', () => {
    expect(nextChoice(['a', 'b'], null, 1)).toBe('a')
    expect(nextChoice(['a', 'b'], null, -1)).toBe('b')
    expect(nextChoice(['a', 'b'], 'b', 1)).toBe('a')
    expect(nextChoice([], null, 1)).toBe(null)
  })
})
