import { lazy } from 'react'
import type { Layout } from '../requests/ListHeader'
import { isFiltered, type ListSearch } from '../requests/listSearch'
import { Flyout } from '../ui/Flyout'
import classes from './Views.module.css'

const SaveView = lazy(() => import('./SaveView'))

/** Keeps what is shown under a name; everything as it comes needs none. */
export function SaveViewButton({ search, layout }: { search: ListSearch; layout: Layout }) {
  if (!isFiltered(search)) return null
  return (
    <Flyout label="Save as a view" buttonClass={classes.button} button="Save view">
      {(close) => <SaveView search={search} layout={layout} onDone={close} />}
    </Flyout>
  )
}
