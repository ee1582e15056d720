import {
  IconBell,
  IconChartBar,
  IconFileImport,
  IconForms,
  IconHome,
  IconLayoutKanban,
  IconListDetails,
  IconPlus,
  IconProgressX,
  IconTimeline,
} from '@tabler/icons-react'
import type { LinkProps } from '@tanstack/react-router'
import type { User } from '../api/types'
import { isAdmin } from './session'

export interface PageLink {
  to: NonNullable<LinkProps['to']>
  name: string
  Icon: typeof IconHome
  /** What goes there from everywhere. */
  keys?: string
  /** A page below this address is not this page. */
  exact?: boolean
  /** What a phone calls it, where the name is too long. */
  short?: string
  /** Has a place of its own in the bar of a phone. */
  inBar?: boolean
}

export const newRequest: PageLink = {
  to: '/requests/new',
  name: 'New request',
  Icon: IconPlus,
  keys: 'c',
  inBar: true,
}

const daily: readonly PageLink[] = [
  { to: '/', name: 'Home', Icon: IconHome, keys: 'g h', exact: true, inBar: true },
  {
    to: '/notifications',
    name: 'Notifications',
    short: 'News',
    Icon: IconBell,
    keys: 'g n',
    inBar: true,
  },
  {
    to: '/requests',
    name: 'Requests',
    Icon: IconListDetails,
    keys: 'g r',
    exact: true,
    inBar: true,
  },
  { to: '/board', name: 'Board', Icon: IconLayoutKanban, keys: 'g b', inBar: true },
  { to: '/timeline', name: 'Timeline', Icon: IconTimeline, keys: 'g t' },
  { to: '/reports', name: 'Reports', Icon: IconChartBar, keys: 'g p' },
]

const administration: readonly PageLink[] = [
  { to: '/admin/study-types', name: 'Types of study', Icon: IconForms },
  { to: '/import', name: 'Import old data', Icon: IconFileImport },
  { to: '/jobs', name: 'Failed jobs', Icon: IconProgressX },
]

/** The pages that a person has. */
export function pagesOf(user: User): {
  daily: readonly PageLink[]
  administration: readonly PageLink[]
} {
  return { daily, administration: isAdmin(user) ? administration : [] }
}
