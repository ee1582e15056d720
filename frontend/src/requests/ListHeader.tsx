import { IconLayoutKanban, IconList, IconTimeline } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { countWords } from '../ui/number'
import { PageHeader } from '../ui/PageHeader'
import classes from './ListHeader.module.css'
import { isFiltered, type ListSearch } from './listSearch'

const DeletedView = lazy(() => import('../views/DeletedView'))

export type Layout = 'list' | 'board' | 'timeline'

const layouts = [
  { layout: 'list', path: '/requests', word: 'List', title: 'Requests', Icon: IconList },
  { layout: 'board', path: '/board', word: 'Board', title: 'Board', Icon: IconLayoutKanban },
  {
    layout: 'timeline',
    path: '/timeline',
    word: 'Timeline',
    title: 'Timeline',
    Icon: IconTimeline,
  },
] as const

interface Props {
  layout: Layout
  search: ListSearch
  /** How many requests match, once the server has said so. */
  total: number | undefined
  /** A saved view has a name of its own. */
  title?: string
  actions?: ReactNode
}

/** The header that list, board and timeline share: how many there are, and another way to look at the same. */
export function ListHeader({ layout, search, total, title, actions }: Props) {
  return (
    <>
      <PageHeader
        title={title ?? layouts.find((one) => one.layout === layout)?.title ?? ''}
        note={total !== undefined && <Total total={total} filtered={isFiltered(search)} />}
        actions={
          <>
            {actions}
            <Layouts layout={layout} search={search} />
          </>
        }
      />
      <Suspense>
        <DeletedView />
      </Suspense>
    </>
  )
}

function Total({ total, filtered }: { total: number; filtered: boolean }) {
  const count = countWords(total)
  return (
    <span role="status">
      {count} {filtered ? 'found' : 'in all'}
    </span>
  )
}

function Layouts({ layout, search }: { layout: Layout; search: ListSearch }) {
  return (
    <nav className={classes.layouts} aria-label="Layout">
      {layouts.map(({ path, word, Icon, ...one }) => (
        <Link
          key={path}
          to={path}
          search={search}
          className={classes.layout}
          aria-label={`Show as ${word.toLowerCase()}`}
          aria-current={one.layout === layout ? 'page' : undefined}
          activeProps={{}}
          title={word}
        >
          <Icon size={15} aria-hidden />
          <span className={classes.word}>{word}</span>
        </Link>
      ))}
    </nav>
  )
}
