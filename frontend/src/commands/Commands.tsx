import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { listenForShortcuts } from './listen'
import { show, useOverlay } from './overlays'
import { focusSearch } from './search'
import { useShortcuts } from './useShortcuts'

const HelpSheet = lazy(() => import('./HelpSheet'))

/** The keys that work everywhere, and what they open. */
export function Commands() {
  const overlay = useOverlay()
  const navigate = useNavigate()
  useEffect(listenForShortcuts, [])
  useEffect(() => () => show(null), [])
  useShortcuts(
    [
      {
        keys: 'c',
        label: 'New request',
        group: 'Everywhere',
        run: () => navigate({ to: '/requests/new' }),
      },
      {
        keys: '/',
        label: 'Search requests',
        group: 'Everywhere',
        run: async () => {
          if (focusSearch()) return
          await navigate({ to: '/requests' })
          focusSearch(true)
        },
      },
      { keys: '?', label: 'All keys', group: 'Everywhere', run: () => show('help') },
      {
        keys: 'g r',
        label: 'Go to requests',
        group: 'Go to',
        run: () => navigate({ to: '/requests' }),
      },
    ],
    'app',
  )
  return <Suspense>{overlay === 'help' && <HelpSheet onClose={() => show(null)} />}</Suspense>
}
