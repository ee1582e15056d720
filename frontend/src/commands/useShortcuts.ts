import { useEffect, useLayoutEffect, useRef } from 'react'
import { type Command, type Level, registry } from './registry'

/**
 * What can be done while this component is shown: by key (never while typing or in a dialog), on the help sheet
 * behind `?`, and with `inPalette` in the command palette. On the same key the innermost wins.
 */
export function useCommands(commands: readonly Command[], level: Level = 'page'): void {
  const latest = useRef(commands)
  const update = useRef<((commands: readonly Command[]) => void) | null>(null)
  useEffect(() => {
    const scope = registry.add(level, latest.current)
    update.current = scope.update
    return scope.remove
  }, [level])
  useLayoutEffect(() => {
    latest.current = commands
    update.current?.(commands)
  })
}

type Shortcut = Command & { keys: string | readonly string[] }

export function useShortcuts(shortcuts: readonly Shortcut[], level: Level = 'page'): void {
  useCommands(shortcuts, level)
}
