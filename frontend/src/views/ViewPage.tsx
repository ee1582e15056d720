import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { $api } from '../api/client'
import { RequestsView } from '../requests/list/RequestsView'
import { useKept } from '../requests/list/useKept'
import type { ListSearch } from '../requests/listSearch'
import { Flyout } from '../ui/Flyout'
import { PageHeader } from '../ui/PageHeader'
import { EmptyState, ErrorState } from '../ui/States'
import { isSame, searchOf, toQuery, useViewChanges, type View } from './useViews'
import classes from './Views.module.css'

const BoardView = lazy(() =>
  import('../board/BoardPage').then(({ BoardView }) => ({ default: BoardView })),
)
const TimelineView = lazy(() =>
  import('../timeline/TimelinePage').then(({ TimelineView }) => ({ default: TimelineView })),
)
const SaveView = lazy(() => import('./SaveView'))
const route = getRouteApi('/shell/views/$viewId')

/** A saved view at an address of its own. */
export function ViewPage() {
  const { viewId } = route.useParams()
  const found = $api.useQuery('get', '/api/views', undefined, { staleTime: 60_000 })
  const view = found.data?.views.find(({ id }) => id === viewId)
  if (view) return <ViewShown key={view.id} view={view} />
  if (found.isPending) return null
  if (found.error) return <ErrorState error={found.error} onRetry={found.refetch} />
  return (
    <>
      <PageHeader title="View" />
      <EmptyState action={<Link to="/requests">Go to the list</Link>}>
        There is no such view, or it is not shared with you any more.
      </EmptyState>
    </>
  )
}

const layouts = { list: RequestsView, board: BoardView, timeline: TimelineView }
const paths = { list: '/requests', board: '/board', timeline: '/timeline' } as const

function ViewShown({ view }: { view: View }) {
  const saved = searchOf(view)
  const [draft, setDraft] = useKept<ListSearch | null>('view', view.id, null)
  const search = draft ?? saved
  const isChanged = draft !== null && !isSame(draft, saved)
  const Shown = layouts[view.layout]
  return (
    <Suspense>
      <Shown
        search={search}
        onSearch={(to) => setDraft(() => to)}
        title={view.name}
        actions={<Actions {...{ view, search, isChanged }} reset={() => setDraft(() => null)} />}
      />
    </Suspense>
  )
}

interface ActionsProps {
  view: View
  search: ListSearch
  isChanged: boolean
  reset: () => void
}

function Actions({ view, search, isChanged, reset }: ActionsProps) {
  const { edit, remove } = useViewChanges()
  const [, setDeleted] = useKept<View | null>('deleted view', '', null)
  const navigate = useNavigate()
  const save = () => edit(view.id, { query: toQuery(search) }).then(reset, () => undefined)
  const { layout } = view
  const erase = async () => {
    await remove(view.id)
    setDeleted(() => view)
    await navigate({ to: paths[layout], search: searchOf(view) })
  }
  return (
    <div className={classes.actions}>
      {isChanged && (
        <>
          <span className={classes.changed}>Changed</span>
          {view.canEdit && (
            <button type="button" className={classes.button} onClick={save}>
              Save
            </button>
          )}
          <button type="button" className={classes.button} onClick={reset}>
            Reset
          </button>
        </>
      )}
      {view.canEdit && (
        <>
          <Flyout label="Rename" button="Rename" buttonClass={classes.button}>
            {(close) => <SaveView search={search} layout={layout} view={view} onDone={close} />}
          </Flyout>
          <button
            type="button"
            className={classes.button}
            onClick={() => erase().catch(() => undefined)}
          >
            Delete
          </button>
        </>
      )}
    </div>
  )
}
