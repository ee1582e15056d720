import { IconPencil } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import type { Activity, RequestDetail } from '../api/types'
import { useSession } from '../app/session'
import { hasDraft } from '../drafts/drafts'
import { Markdown } from '../markdown/Markdown'
import classes from './RequestText.module.css'
import { useMentions } from './useMentions'

const TextEdit = lazy(() => import('./TextEdit'))

interface Props {
  request: RequestDetail
  log: Activity[]
}

/** Title and description: read, and for who may, each edited in its place. */
export function RequestText({ request, log }: Props) {
  const mentions = useMentions(request.id)
  return (
    <article className={classes.text}>
      <Part {...{ request, log }} field="title">
        <h2 className={classes.title} dir="auto">
          {request.title}
        </h2>
      </Part>
      <Part {...{ request, log }} field="description">
        <div className={classes.description}>
          <Markdown text={request.description} mentions={mentions} />
        </div>
      </Part>
    </article>
  )
}

interface PartProps extends Props {
  field: 'title' | 'description'
  children: ReactNode
}

const verbs = { title: 'Rename the request', description: 'Change the text' }

type Point = [x: number, y: number]

function Part({ request, log, field, children }: PartProps) {
  const { id } = useSession()
  const isKept = () => hasDraft(id, `edit:${request.id}:${field}`)
  const place = useRef<HTMLDivElement>(null)
  const goesBack = useRef(false)
  // Where it was clicked; null by the button, and undefined while it is read. What was not saved goes on.
  const [began, begin] = useState<Point | null | undefined>(() => (isKept() ? null : undefined))
  const done = () => {
    goesBack.current = true
    begin(undefined)
  }
  if (!request.canEdit && began === undefined) return children
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: keys have the button
    <div
      ref={place}
      className={classes.part}
      onClick={({ target, clientX, clientY }) => {
        const isOwn = (target as Element).closest('a, button, input, summary, form')
        if (!isOwn && !String(getSelection())) begin([clientX, clientY])
      }}
    >
      {began === undefined ? (
        <>
          <button
            type="button"
            ref={(button) => {
              if (goesBack.current) button?.focus({ preventScroll: true })
              goesBack.current = false
            }}
            className={classes.pencil}
            aria-label={isKept() ? `Draft kept: ${verbs[field]}` : verbs[field]}
            onClick={() => begin(null)}
          >
            {isKept() && 'Draft kept'}
            <IconPencil size={15} aria-hidden />
          </button>
          {children}
        </>
      ) : (
        <Suspense fallback={children}>
          <TextEdit {...{ request, log, field, place }} at={began} onDone={done} />
        </Suspense>
      )}
    </div>
  )
}
