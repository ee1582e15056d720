import { useNavigate } from '@tanstack/react-router'
import { useKept } from '../requests/list/useKept'
import { useViewChanges, type View } from './useViews'
import classes from './Views.module.css'

/** The way back for a view that has just been deleted. */
export default function DeletedView() {
  const [view, setView] = useKept<View | null>('deleted view', '', null)
  const { create } = useViewChanges()
  const navigate = useNavigate()
  if (!view) return null
  const undo = async () => {
    const { name, layout, query, shared } = view
    const made = await create({ name, layout, query, shared })
    setView(() => null)
    await navigate({ to: '/views/$viewId', params: { viewId: made.view.id } })
  }
  return (
    <div className={classes.deleted} role="status">
      The view “{view.name}” is deleted.
      <button
        type="button"
        className={classes.button}
        onClick={() => undo().catch(() => undefined)}
      >
        Undo
      </button>
      <button type="button" className={classes.button} onClick={() => setView(() => null)}>
        Close
      </button>
    </div>
  )
}
