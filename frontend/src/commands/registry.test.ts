import { describe, expect, it } from 'vitest'
import { type Command, pressable, Registry, SEQUENCE_MS, type Situation } from './registry'

const still: Situation = { isTyping: false, isRepeat: false, singleKeys: true }

function set(...levels: ['app' | 'page' | 'part', Record<string, Partial<Command>>][]) {
  const registry = new Registry()
  const ran: string[] = []
  const scopes = levels.map(([level, commands]) =>
    registry.add(
      level,
      Object.entries(commands).map(([keys, more]) => ({
        keys,
        label: `${level} ${keys}`,
        group: level,
        run: () => ran.push(`${level} ${keys}`),
        ...more,
      })),
    ),
  )
  return { registry, ran, scopes }
}

describe('Registry', () => {
  it('lets the innermost win, whatever came first', () => {
    const { registry, ran, scopes } = set(
      ['part', { j: {} }],
      ['app', { j: {} }],
      ['page', { j: {} }],
    )
    registry.press('j', still)
    scopes[0]?.remove()
    registry.press('j', still)
    scopes[2]?.remove()
    registry.press('j', still)
    expect(ran).toEqual(['part j', 'page j', 'app j'])
  })

  it('lets the later of two at the same level win', () => {
    const { registry, ran } = set(
      ['page', { j: { label: 'first', run: () => {} } }],
      ['page', { j: {} }],
    )
    registry.press('j', still)
    expect(ran).toEqual(['page j'])
  })

  it('passes by what is not enabled', () => {
    const { registry, ran } = set(['page', { a: { enabled: false } }], ['app', { a: {} }])
    expect(registry.press('a', still)).toBe('ran')
    expect(ran).toEqual(['app a'])
    expect(registry.active().map(({ label }) => label)).toEqual(['app a'])
  })

  it('waits for the second key only for a while', () => {
    const { registry, ran } = set(['app', { 'g h': {}, h: {} }])
    expect(registry.press('g', still, 1000)).toBe('waits')
    expect(registry.press('h', still, 1000 + SEQUENCE_MS - 1)).toBe('ran')
    registry.press('g', still, 9000)
    registry.press('h', still, 9000 + SEQUENCE_MS)
    expect(ran).toEqual(['app g h', 'app h'])
  })

  it('does nothing on a second key that leads nowhere', () => {
    const { registry, ran } = set(['app', { 'g h': {}, a: {} }])
    registry.press('g', still, 0)
    expect(registry.press('a', still, 10)).toBe('none')
    expect(registry.press('a', still, 20)).toBe('ran')
    expect(ran).toEqual(['app a'])
  })

  it('is silent while typing, but for keys with Ctrl that say otherwise', () => {
    const { registry, ran } = set([
      'app',
      { c: { whileTyping: true }, 'mod+k': { whileTyping: true }, 'mod+b': {}, escape: {} },
    ])
    const typing = { ...still, isTyping: true }
    for (const chord of ['c', 'mod+b', 'escape', 'mod+k']) registry.press(chord, typing)
    expect(ran).toEqual(['app mod+k'])
  })

  it('does not go on by itself while a key is held, unless it is meant to', () => {
    const { registry, ran } = set(['page', { j: { repeats: true }, x: {}, 'g h': {} }])
    const held = { ...still, isRepeat: true }
    expect([registry.press('j', held), registry.press('x', held)]).toEqual(['ran', 'ran'])
    expect(registry.press('g', held)).toBe('none')
    expect(ran).toEqual(['page j'])
  })

  it('leaves single keys out where a person turned them off', () => {
    const { registry, ran } = set(['app', { c: {}, '?': {}, 'g h': {}, 'mod+k': {}, escape: {} }])
    const off = { ...still, singleKeys: false }
    for (const chord of ['c', '?', 'g', 'h', 'mod+k', 'escape']) registry.press(chord, off)
    expect(ran).toEqual(['app mod+k', 'app escape'])
    expect(registry.active(false).map(({ keys }) => keys)).toEqual(['mod+k', 'escape'])
  })

  it('takes the newest commands of a scope, and several keys for one', () => {
    const { registry, ran, scopes } = set(['page', { j: {} }])
    const run = () => ran.push('new')
    scopes[0]?.update([{ keys: ['j', 'arrowdown'], label: 'Next', group: 'List', run }])
    registry.press('arrowdown', still)
    registry.press('j', still)
    expect(ran).toEqual(['new', 'new'])
  })

  it('shows on the help sheet only what a press would reach', () => {
    const { registry } = set(['app', { j: {}, c: {} }], ['page', { j: {} }])
    expect(registry.active().map(({ label }) => label)).toEqual(['page j', 'app c'])
    const none: Command = { label: 'No key', group: 'Palette', run: () => {} }
    registry.add('part', [none])
    expect(registry.active()).toHaveLength(2)
    expect(pressable(none)).toEqual([])
  })
})
