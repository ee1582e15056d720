import { keepPreviousData } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { $api } from '../api/client'
import type { User } from '../api/types'
import { StatusGlyph } from '../requests/Marks'
import { fitting } from '../ui/find'
import { Avatar } from '../ui/Person'
import { useViews } from '../views/useViews'
import { type Recent, recentsOf } from './recent'
import { type Command, pressable } from './registry'

export interface Item {
  id: string
  label: string
  mark?: ReactNode
  /** Stands behind the label, softer. */
  hint?: string
  keys?: string
  /** Why it cannot be done now; said instead of doing it. */
  why?: string
  /** Found without asking the server. */
  isAtOnce?: boolean
  run: () => void
}

export interface Section {
  name: string
  items: Item[]
}

export interface Found {
  sections: Section[]
  isAsking: boolean
  error: unknown
  retry: () => void
}

interface Wanted {
  /** As typed, for what is here already. */
  typed: string
  /** The same after a pause, for what the server finds. */
  asked: string
  user: User
  commands: Command[]
  /** Only these commands, nothing else. */
  group?: string
}

const MOST_PEOPLE = 5

function itemOf(command: Command): Item {
  return {
    id: `${command.group}/${command.label}`,
    label: command.label,
    hint: command.enabled === false ? command.why : undefined,
    keys: pressable(command)[0],
    why: command.enabled === false ? (command.why ?? 'Not possible here.') : undefined,
    isAtOnce: true,
    run: command.run,
  }
}

function commandSections(commands: Command[], typed: string): Section[] {
  const found = fitting(typed, commands, ({ label, group, words = '' }) => [
    label,
    `${group} ${words}`,
  ])
  // The group of what fits best comes first.
  const names = [...new Set((typed ? found : commands).map(({ group }) => group))]
  return names.map((name) => ({
    name,
    items: found.filter(({ group }) => group === name).map(itemOf),
  }))
}

/** Everything that the palette offers for what was typed, in sections. */
export function useFound({ typed, asked, user, commands, group }: Wanted): Found {
  const isAsked = !group && asked !== ''
  const navigate = useNavigate()
  const open = (key: string) => navigate({ to: '/requests/$requestId', params: { requestId: key } })
  const requests = $api.useQuery(
    'get',
    '/api/requests',
    { params: { query: { q: asked, limit: 8 } } },
    { enabled: isAsked, placeholderData: keepPreviousData, meta: { inline: true } },
  )
  const people = $api.useQuery(
    'get',
    '/api/users',
    { params: { query: { q: asked, limit: MOST_PEOPLE } } },
    { enabled: isAsked, placeholderData: keepPreviousData, meta: { inline: true } },
  )
  const views = useViews() ?? []

  const recent = (one: Recent): Item => ({
    id: `recent/${one.key}`,
    label: one.title,
    hint: one.key,
    run: () => open(one.key),
  })
  const sections: Section[] = []
  if (!typed && !group) {
    sections.push({ name: 'Opened last', items: recentsOf(user.id).slice(0, 5).map(recent) })
  }
  // They are here at once and stay first, so that Enter after `boa` is always the board.
  sections.push(...commandSections(commands, typed))
  if (!group) {
    sections.push({
      name: 'Views',
      items: fitting(typed, views, ({ name }) => [name]).map(({ id, name, shared, ownerName }) => ({
        id: `view/${id}`,
        label: name,
        hint: shared ? `shared by ${ownerName}` : undefined,
        isAtOnce: true,
        run: () => navigate({ to: '/views/$viewId', params: { viewId: id } }),
      })),
    })
  }
  if (isAsked && typed) {
    sections.push({
      name: 'Requests',
      items: (requests.data?.requests ?? []).map((request) => ({
        id: `request/${request.id}`,
        label: request.title,
        mark: <StatusGlyph status={request.status} />,
        hint: `${request.key}, ${request.status}`,
        run: () => open(request.key),
      })),
    })
  }
  if (isAsked && typed) {
    const named = fitting(typed, people.data?.users ?? [], ({ name }) => [name])
    const list = (one: User) => {
      const search = one.role === 'ENGINEER' ? { assignedTo: [one.id] } : { createdBy: [one.id] }
      return navigate({ to: '/requests', search })
    }
    sections.push({
      name: 'People',
      items: named.slice(0, MOST_PEOPLE).map((one) => ({
        id: `person/${one.id}`,
        label: one.name,
        mark: <Avatar id={one.id} name={one.name} size={18} />,
        hint: one.role === 'ENGINEER' ? 'assigned to them' : 'requested by them',
        run: () => list(one),
      })),
    })
    sections.push({
      name: 'Search',
      items: [
        {
          id: 'search/all',
          label: `All requests with “${typed}”`,
          run: () => navigate({ to: '/requests', search: { q: typed } }),
        },
      ],
    })
  }
  return {
    sections: sections.filter(({ items }) => items.length > 0),
    isAsking: isAsked && (requests.isFetching || asked !== typed),
    error: isAsked ? (requests.error ?? people.error) : null,
    retry: () => {
      if (requests.error) requests.refetch()
      if (people.error) people.refetch()
    },
  }
}
