import { type Chord, chordsOf, isSingleKey } from './keys'

/** Something that a person can do here and now, by key, by the palette or by both. */
export interface Command {
  label: string
  /** Under which heading the help sheet and the palette list it. */
  group: string
  run: () => void
  /** `j`, `g h`, `mod+k`; several do the same. */
  keys?: string | readonly string[]
  enabled?: boolean
  /** Why not, where it is not enabled. */
  why?: string
  /** Also stands in the command palette. */
  inPalette?: boolean
  /** More words that the palette finds it by. */
  words?: string
  /** Goes on while the key is held. */
  repeats?: boolean
  /** Works while typing too: only for keys with Ctrl. */
  whileTyping?: boolean
}

/** The innermost wins: a focused part before its page, the page before the app. */
export type Level = 'app' | 'page' | 'part'
const depth: Record<Level, number> = { app: 0, page: 1, part: 2 }

interface Scope {
  level: Level
  commands: readonly Command[]
}

/** How long a first key waits for its second. */
export const SEQUENCE_MS = 1_200

export interface Situation {
  isTyping: boolean
  isRepeat: boolean
  singleKeys: boolean
}

export type Answer = 'ran' | 'waits' | 'none'

const listOf = (keys: Command['keys']): readonly string[] =>
  keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys

/** The keys of a command that can be pressed in this situation. */
export function pressable(command: Command, singleKeys = true): readonly string[] {
  return listOf(command.keys).filter((keys) => singleKeys || !isSingleKey(keys))
}

export class Registry {
  #scopes: Scope[] = []
  #begun: Chord[] = []
  #begunAt = 0

  /** Later scopes of the same level lie further in. */
  add(level: Level, commands: readonly Command[]): { update: Registrar; remove: () => void } {
    const scope: Scope = { level, commands }
    this.#scopes.push(scope)
    return {
      update: (next) => {
        scope.commands = next
      },
      remove: () => {
        this.#scopes = this.#scopes.filter((one) => one !== scope)
      },
    }
  }

  /** Innermost first. */
  all(): Command[] {
    return this.#scopes
      .map((scope, index) => ({ scope, order: depth[scope.level] * 1e6 + index }))
      .sort((a, b) => b.order - a.order)
      .flatMap(({ scope }) => scope.commands)
  }

  /** What can be pressed now, without what something further in takes for itself. */
  active(singleKeys = true): Command[] {
    const taken = new Set<string>()
    return this.all().filter((command) => {
      if (command.enabled === false) return false
      const free = pressable(command, singleKeys).filter((keys) => !taken.has(keys))
      for (const keys of free) taken.add(keys)
      return free.length > 0
    })
  }

  /** `at` is when the key went down, not when its turn came: a busy page must not cut a pair of keys in two. */
  press(chord: Chord, situation: Situation, at = performance.now()): Answer {
    const goesOn = this.#begun.length > 0 && at - this.#begunAt < SEQUENCE_MS
    const pressed = goesOn ? [...this.#begun, chord] : [chord]
    this.#begun = []
    const fitting = this.#fitting(pressed, situation)
    const whole = fitting.find(({ chords }) => chords.length === pressed.length)
    if (whole) {
      if (situation.isRepeat && !whole.command.repeats) return 'ran'
      whole.command.run()
      return 'ran'
    }
    if (fitting.length > 0 && !situation.isRepeat) {
      this.#begun = pressed
      this.#begunAt = at
      return 'waits'
    }
    // A second key that leads nowhere must not do what it does alone: somebody meant something else.
    return 'none'
  }

  #fitting(pressed: Chord[], { isTyping, singleKeys }: Situation) {
    return this.all()
      .filter((command) => command.enabled !== false && (!isTyping || command.whileTyping))
      .flatMap((command) =>
        pressable(command, singleKeys)
          .filter((keys) => !isTyping || !isSingleKey(keys))
          .map((keys) => ({ command, chords: chordsOf(keys) })),
      )
      .filter(({ chords }) => pressed.every((chord, index) => chords[index] === chord))
  }
}

type Registrar = (commands: readonly Command[]) => void

export const registry = new Registry()
