/** What a key press is to us, the same on every keyboard: `g`, `?`, `shift+x`, `mod+k`, `escape`. */
export type Chord = string

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & {
  getModifierState?: (key: string) => boolean
}

const modifierKeys = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock'])

/** On a keyboard of another script the letter is told by where the key lies. */
function letterOf({ key, code }: Press): string {
  const place = /^Key([A-Z])$/.exec(code)?.[1]
  const isForeign = key.length === 1 && key.charCodeAt(0) > 0x24f
  return (isForeign && place ? place : key).toLowerCase()
}

/** Null for a modifier alone. */
export function chordOf(press: Press): Chord | null {
  if (modifierKeys.has(press.key)) return null
  const key = letterOf(press)
  // Where AltGr makes a sign ([ on a German keyboard), the browser also says Ctrl and Alt.
  const makesSign = press.getModifierState?.('AltGraph') ?? false
  const parts: string[] = []
  if (!makesSign && (press.ctrlKey || press.metaKey)) parts.push('mod')
  if (!makesSign && press.altKey) parts.push('alt')
  // Signs need Shift on some keyboards and not on others, so it counts for letters and named keys only.
  if (press.shiftKey && (key.length > 1 || /^[a-z]$/.test(key))) parts.push('shift')
  return [...parts, key === ' ' ? 'space' : key].join('+')
}

/** `g h` are two presses one after the other. */
export function chordsOf(keys: string): Chord[] {
  return keys.toLowerCase().split(' ')
}

/** A letter, digit or sign without Ctrl: what speech input may press by accident (WCAG 2.1.4). */
export function isSingleKey(keys: string): boolean {
  const [first = ''] = chordsOf(keys)
  return first.replace(/^shift\+/, '').length === 1
}

const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

const names: Record<string, string> = {
  mod: isApple ? '⌘' : 'Ctrl',
  alt: isApple ? '⌥' : 'Alt',
  shift: 'Shift',
  escape: 'Esc',
  enter: 'Enter',
  space: 'Space',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
}

/** How the caps of one chord are written: `mod+k` is Ctrl and K. */
export function capsOf(chord: Chord): string[] {
  const parts = chord.split('+')
  const isCombined = parts.length > 1
  return parts.map((part) => names[part] ?? (isCombined ? part.toUpperCase() : part))
}
