import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core'
import { navigation, singleKeys } from '../app/preferences'
import { useSignOut } from '../app/useSignOut'
import type { Command } from './registry'

const schemes: [MantineColorScheme, string][] = [
  ['light', 'Use light colours'],
  ['dark', 'Use dark colours'],
  ['auto', 'Use the colours of the system'],
]

/** Settings and the way out; they need no key and no code before the palette opens. */
export function useAppCommands(): Command[] {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const signOut = useSignOut()
  const width = navigation.use()
  const single = singleKeys.use()
  const group = 'Settings'
  const words = 'theme settings appearance'
  return [
    ...schemes
      .filter(([scheme]) => scheme !== colorScheme)
      .map(([scheme, label]) => ({ group, label, words, run: () => setColorScheme(scheme) })),
    {
      group,
      label: width === 'icons' ? 'Widen the navigation' : 'Narrow the navigation to icons',
      words: 'sidebar',
      run: () => navigation.set(width === 'icons' ? 'wide' : 'icons'),
    },
    {
      group,
      label: `Turn single-key shortcuts ${single === 'on' ? 'off' : 'on'}`,
      words: 'keyboard',
      run: () => singleKeys.set(single === 'on' ? 'off' : 'on'),
    },
    { group, label: 'Sign out', words: 'log out leave', run: signOut },
  ]
}
