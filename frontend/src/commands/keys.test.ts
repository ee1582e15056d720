import { describe, expect, it } from 'vitest'
import { capsOf, chordOf, isSingleKey } from './keys'

const none = { code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

describe('chordOf', () => {
  it.each([
    ['a letter', { key: 'j' }, 'j'],
    ['with caps lock', { key: 'J' }, 'j'],
    ['with shift', { key: 'X', shiftKey: true }, 'shift+x'],
    ['a sign, with shift or without', { key: '?', shiftKey: true }, '?'],
    ['Ctrl or Cmd', { key: 'k', metaKey: true }, 'mod+k'],
    ['all together', { key: 'K', ctrlKey: true, altKey: true, shiftKey: true }, 'mod+alt+shift+k'],
    ['a named key', { key: 'Escape' }, 'escape'],
    ['the space bar', { key: ' ' }, 'space'],
    ['a Cyrillic keyboard', { key: 'о', code: 'KeyJ' }, 'j'],
    ['an accented letter stays itself', { key: 'ö', code: 'Semicolon' }, 'ö'],
    ['a modifier alone', { key: 'Shift', shiftKey: true }, null],
  ])('%s', (_name, press, chord) => {
    expect(chordOf({ ...none, ...press })).toBe(chord)
  })

  it('takes AltGr for a part of the sign', () => {
    const press = { ...none, key: '[', ctrlKey: true, altKey: true }
    expect(chordOf({ ...press, getModifierState: (key) => key === 'AltGraph' })).toBe('[')
    expect(chordOf(press)).toBe('mod+alt+[')
  })
})

describe('isSingleKey', () => {
  it.each(['j', '?', '/', 'g h', 'shift+x'])('%s is one', (keys) => {
    expect(isSingleKey(keys)).toBe(true)
  })
  it.each(['mod+k', 'escape', 'enter', 'arrowdown', 'alt+a'])('%s is none', (keys) => {
    expect(isSingleKey(keys)).toBe(false)
  })
})

it('writes caps as they stand on the keyboard', () => {
  expect(capsOf('mod+k')).toEqual(['Ctrl', 'K'])
  expect(capsOf('j')).toEqual(['j'])
  expect(capsOf('escape')).toEqual(['Esc'])
})
