import { IconArrowLeft, IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { Link, useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { useShortcuts } from '../commands/useShortcuts'
import { neighboursOf } from './trail'
import classes from './Way.module.css'

const places: Record<string, string> = {
  '': 'home',
  board: 'the board',
  timeline: 'the timeline',
  views: 'the view',
  reports: 'the reports',
  notifications: 'the notifications',
}

/** Leads to where the request was opened from, with its filters. */
export function BackLink() {
  const from = useLocation({ select: ({ state }) => state.from })
  const { history } = useRouter()
  const navigate = useNavigate()
  const [, page = 'requests'] = from?.split(/[/?]/) ?? []
  const words = `Back to ${places[page] ?? 'the list'}`
  // To the very place that it was opened from.
  const back = () => (from ? history.back() : navigate({ to: '/requests' }))
  useShortcuts([{ keys: 'escape', label: words, group: 'This request', run: back }])
  return (
    <a
      href={from ?? '/requests'}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        back()
      }}
      className={classes.step}
      title={words}
    >
      <IconArrowLeft size={18} aria-hidden />
      <span className={classes.spoken}>{words}</span>
    </a>
  )
}

/** To the request before and after this one, in the list that it was opened from. */
export function Neighbours({ requestKey }: { requestKey: string }) {
  const from = useLocation({ select: ({ state }) => state.from })
  const navigate = useNavigate()
  const found = from === undefined ? null : neighboursOf(requestKey)
  const go = (key: string | undefined) => {
    // In place of this one, so that Back leads to the list.
    const params = { requestId: key ?? '' }
    if (key) navigate({ to: '/requests/$requestId', params, replace: true, state: true })
  }
  const { previous, next, place, length } = found ?? {}
  const group = 'This request'
  useShortcuts([
    { keys: 'j', label: 'Next in the list', group, enabled: Boolean(next), run: () => go(next) },
    {
      keys: 'k',
      label: 'Previous in the list',
      group,
      enabled: Boolean(previous),
      run: () => go(previous),
    },
  ])
  if (!found) return null
  return (
    <nav className={classes.steps} aria-label={`${place} of ${length} in the list`}>
      <Step to={previous} words="Previous in the list (k)" Icon={IconChevronUp} />
      <Step to={next} words="Next in the list (j)" Icon={IconChevronDown} />
    </nav>
  )
}

interface StepProps {
  to: string | undefined
  words: string
  Icon: typeof IconChevronUp
}

function Step({ to, words, Icon }: StepProps) {
  const label = words.replace(/ \(.\)$/, '')
  if (!to)
    return (
      <span className={classes.step} role="img" aria-label={`${label}: there is none`} data-none>
        <Icon size={18} aria-hidden />
      </span>
    )
  return (
    <Link
      to="/requests/$requestId"
      params={{ requestId: to }}
      replace
      state
      className={classes.step}
      aria-label={label}
      title={words}
    >
      <Icon size={18} aria-hidden />
    </Link>
  )
}
