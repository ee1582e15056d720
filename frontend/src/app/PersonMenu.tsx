import { type MantineColorScheme, Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import {
  IconDeviceDesktop,
  IconDots,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSun,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { User } from '../api/types'
import { show } from '../commands/overlays'
import { Avatar } from '../ui/Person'
import { roleLabels } from '../users/roles'
import type { PageLink } from './pages'
import { singleKeys } from './preferences'
import classes from './Shell.module.css'
import { useSignOut } from './useSignOut'

const schemes = [
  { value: 'light', label: 'Light', Icon: IconSun },
  { value: 'dark', label: 'Dark', Icon: IconMoon },
  { value: 'auto', label: 'As the system', Icon: IconDeviceDesktop },
] as const

interface Props {
  user: User
  /** On a phone: the pages, of which those that the bar has no room for stand here. */
  more: { daily: PageLink[]; administration: PageLink[] } | null
}

/** Own settings, and on a phone all that the bar has no room for. */
export function PersonMenu({ user, more }: Props) {
  const signOut = useSignOut()
  return (
    <Menu
      position="top-start"
      width={250}
      transitionProps={{ duration: 120 }}
      withInitialFocusPlaceholder={false}
      withinPortal={!more}
    >
      <Menu.Target>
        <UnstyledButton className={classes.foot}>
          {more ? (
            <>
              <IconDots size={18} aria-hidden />
              <span className={classes.label}>More</span>
            </>
          ) : (
            <>
              <Avatar id={user.id} name={user.name} size={24} />
              <span className={classes.who}>
                <span>{user.name}</span>
                <span className={classes.role}>{roleLabels[user.role]}</span>
              </span>
            </>
          )}
        </UnstyledButton>
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
        <Menu.Item
          key={to}
          component={Link}
          {...{ to }}
          leftSection={<Icon size={16} aria-hidden />}
        >
          {name}
        </Menu.Item>
      ))}
    </>
  )
}
