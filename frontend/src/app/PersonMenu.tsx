import { UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { type ComponentProps, lazy, Suspense, useState } from 'react'
import type { User } from '../api/types'
import { Avatar } from '../ui/Person'
import { roleLabels } from '../users/roles'
import type { pagesOf } from './pages'
import classes from './Shell.module.css'

export interface PersonMenuProps {
  user: User
  /** On a phone: the pages, of which those that the bar has no room for stand in the menu. */
  more: ReturnType<typeof pagesOf> | null
}

const load = () => import('./PersonMenuOpen')
const PersonMenuOpen = lazy(load)

/** The menu at the foot of the navigation. What it needs comes when somebody is about to open it. */
export function PersonMenu(props: PersonMenuProps) {
  const [isWanted, setWanted] = useState(false)
  const button = (
    <PersonButton
      user={props.user}
      isMore={props.more !== null}
      aria-haspopup="menu"
      aria-expanded={isWanted}
      onPointerEnter={load}
      onFocus={load}
      onClick={() => setWanted(true)}
    />
  )
  if (!isWanted) return button
  return (
    <Suspense fallback={button}>
      <PersonMenuOpen {...props} />
    </Suspense>
  )
}

type ButtonProps = ComponentProps<'button'> & { user: User; isMore: boolean }

export function PersonButton({ user, isMore, ...props }: ButtonProps) {
  return (
    <UnstyledButton {...props} className={classes.foot}>
      {isMore ? (
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
  )
}
