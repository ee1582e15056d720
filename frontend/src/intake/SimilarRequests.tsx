import { useDebouncedValue } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { $api } from '../api/client'
import type { SimilarRequest } from '../api/types'
import { StatusMark } from '../requests/Marks'
import { Time } from '../ui/Time'
import classes from './Intake.module.css'

interface Props {
  title: string
  description: string
}

/** The server says nothing of a shorter one. */
const LEAST_LETTERS = 4
const SHORT = 120

/** Earlier requests like this one, with what came of them: perhaps the answer is there already. */
export function SimilarRequests({ title, description }: Props) {
  const [asked] = useDebouncedValue(
    { title: title.trim().slice(0, 255), description: description.slice(0, 2000) },
    600,
  )
  const { data } = $api.useQuery(
    'get',
    '/api/requests/similar',
    { params: { query: asked } },
    {
      enabled: asked.title.length >= LEAST_LETTERS,
      // Those of before stay while one types on.
      placeholderData: (before) => before,
      retry: false,
      staleTime: 60_000,
    },
  )
  const similar = asked.title.length < LEAST_LETTERS ? [] : (data?.similar ?? [])
  if (similar.length === 0) return null
  return (
    <section aria-labelledby="similar" className={classes.similar}>
      <h2 id="similar" className={classes.heading}>
        Has this been asked before?
      </h2>
      <ul>
        {similar.map((request) => (
          <Similar key={request.id} request={request} />
        ))}
      </ul>
    </section>
  )
}

function Similar({ request }: { request: SimilarRequest }) {
  const { key, status, words, reason, titleAlike } = request
  const since = request.completedAt ?? request.createdAt
  return (
    <li>
      {/* In a window of its own: what is being written stays where it is. */}
      <Link
        to="/requests/$requestId"
        params={{ requestId: key }}
        target="_blank"
        title="Opens in a new window"
      >
        <span className={classes.key}>{key}</span> <bdi>{request.title}</bdi>
      </Link>
      <p className={classes.outcome}>
        <StatusMark status={status} />{' '}
        <span>
          {request.completedAt ? 'completed' : 'submitted'} <Time at={since} />
        </span>
      </p>
      {reason && <p className={classes.why}>{shortened(reason)}</p>}
      <p className={classes.why}>
        {words.length > 0
          ? `Both say: ${words.slice(0, 4).join(', ')}`
          : titleAlike && 'Named alike'}
      </p>
    </li>
  )
}

function shortened(text: string): string {
  return text.length > SHORT ? `${text.slice(0, SHORT).trimEnd()} …` : text
}
