import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core'
import {
  IconBookmark,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSun,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { User } from '../api/types'
import { show } from '../commands/overlays'
import { roleLabels } from '../users/roles'
import { useViews } from '../views/useViews'
import { PersonButton, type PersonMenuProps as Props } from './PersonMenu'
import { singleKeys } from './preferences'
import classes from './Shell.module.css'
import { useSignOut } from './useSignOut'

const schemes = [
  { value: 'light', label: 'Light', Icon: IconSun },
  { value: 'dark', label: 'Dark', Icon: IconMoon },
  { value: 'auto', label: 'As the system', Icon: IconDeviceDesktop },
] as const

/** Own settings, and on a phone all that the bar has no room for. */
export default function PersonMenuOpen({ user, more }: Props) {
  const signOut = useSignOut()
  return (
    <Menu
      defaultOpened
      position="top-start"
      width={250}
      transitionProps={{ duration: 120 }}
      withInitialFocusPlaceholder={false}
      withinPortal={!more}
    >
      <Menu.Target>
        <PersonButton user={user} isMore={more !== null} />
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {more && <MorePages user={user} {...more} />}
        <Settings />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconKeyboard size={16} aria-hidden />}
          onClick={() => show('help')}
        >
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Settings() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const single = singleKeys.use()
  return (
    <>
      <Menu.Label>Colours</Menu.Label>
      <Menu.RadioGroup
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
      >
        {schemes.map(({ value, label, Icon }) => (
          <Menu.RadioItem key={value} value={value} rightSection={<Icon size={16} aria-hidden />}>
            {label}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
      <Menu.CheckboxItem
        checked={single === 'on'}
        onChange={(checked) => singleKeys.set(checked ? 'on' : 'off')}
      >
        Single-key shortcuts
      </Menu.CheckboxItem>
    </>
  )
}

function MorePages({ user, daily, administration }: { user: User } & NonNullable<Props['more']>) {
  const views = useViews() ?? []
  const rest = [...daily.filter(({ inBar }) => !inBar), ...administration]
  return (
    <>
      <Menu.Label>
        {user.name}, {roleLabels[user.role]}
      </Menu.Label>
      <Menu.Item leftSection={<IconSearch size={16} aria-hidden />} onClick={() => show('palette')}>
        Search or jump to…
      </Menu.Item>
      {rest.map(({ to, name, Icon }) => (
        <Menu.Item key={to} component={Link} to={to} leftSection={<Icon size={16} aria-hidden />}>
          {name}
        </Menu.Item>
      ))}
      {views.length > 0 && <Menu.Label>Views</Menu.Label>}
      {views.map(({ id, name }) => (
        <Menu.Item
          key={id}
          component={Link}
          {...{ to: `/views/${id}` }}
          leftSection={<IconBookmark size={16} aria-hidden />}
        >
          {name}
        </Menu.Item>
      ))}
    </>
  )
}
