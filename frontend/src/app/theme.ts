import { ActionIcon, createTheme, type MantineColorsTuple } from '@mantine/core'

const accent = Array(10).fill('#0b6480') as unknown as MantineColorsTuple

/** What Mantine must know in code. The values themselves are variables in theme.css. */
export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent },
  respectReducedMotion: true,
  cursorType: 'pointer',
  defaultRadius: 'default',
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
  },
})
