import { useMediaQuery } from '@mantine/hooks'

const options = { getInitialValueInEffect: false }

/** The widths at which the shell changes; theme.css has the same. */
export function useIsPhone(): boolean {
  return useMediaQuery('(max-width: 699px)', undefined, options)
}

export function useIsNarrow(): boolean {
  return useMediaQuery('(max-width: 1099px)', undefined, options)
}
