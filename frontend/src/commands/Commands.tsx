import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { newRequest, type PageLink } from '../app/pages'
import { runUndo } from '../ui/notify'
import { listenForShortcuts } from './listen'
import { show, useOverlay } from './overlays'
import type { Command } from './registry'
import { focusSearch } from './search'
import { useCommands } from './useShortcuts'

const HelpSheet = lazy(() => import('./HelpSheet'))
const Palette = lazy(() => import('./Palette'))

interface Props {
  pages: { daily: readonly PageLink[]; administration: readonly PageLink[] }
}

/** The keys that work everywhere, and what they open. */
export function Commands({ pages }: Props) {
  const overlay = useOverlay()
  const navigate = useNavigate()
  useEffect(listenForShortcuts, [])
  useEffect(() => () => show(null), [])
  const go = (to: string) => navigate({ to: to as '/' })
  const search = async () => {
    if (focusSearch()) return
    await go('/requests')
    focusSearch(true)
  }
  const everywhere = { group: 'Everywhere' }
  const commands: Command[] = [
    {
      ...everywhere,
      keys: 'mod+k',
      label: 'Search or jump to…',
      whileTyping: true,
      run: () => show('palette'),
    },
    { ...everywhere, keys: '/', label: 'Search the list', run: search },
    {
      ...everywhere,
      keys: newRequest.keys,
      label: newRequest.name,
      inPalette: true,
      words: 'create submit',
      run: () => go(newRequest.to),
    },
    { ...everywhere, keys: 'z', label: 'Undo the last change', run: runUndo },
    {
      ...everywhere,
      keys: '?',
      label: 'Keyboard shortcuts',
      inPalette: true,
      words: 'help keys',
      run: () => show('help'),
    },
    ...[...pages.daily, ...pages.administration].map((page) => ({
      group: 'Go to',
      keys: page.keys,
      label: page.name,
      inPalette: true,
      words: 'go to page',
      run: () => go(page.to),
    })),
  ]
  useCommands(commands, 'app')
  return (
    <Suspense>
      {overlay?.name === 'help' && <HelpSheet onClose={() => show(null)} />}
      {overlay?.name === 'palette' && (
        <Palette key={overlay.group} group={overlay.group} onClose={() => show(null)} />
      )}
    </Suspense>
  )
}
