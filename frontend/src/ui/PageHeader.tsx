import { useDocumentTitle } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './PageHeader.module.css'

let anyPageShown = false

interface Props {
  title: string
  /** For the browser's tab, where the page's own title would say too little. */
  documentTitle?: string
  /** What stands before the title, a way back for instance. */
  before?: ReactNode
  /** What the page is narrowed to, in a few words. */
  note?: ReactNode
  actions?: ReactNode
}

export function PageHeader({ title, documentTitle = title, before, note, actions }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useDocumentTitle(`${documentTitle} · Sim-Flow`)
  // A navigation inside the app must move the focus as a page load would. The first page is one.
  useEffect(() => {
    if (anyPageShown) heading.current?.focus({ preventScroll: true })
    anyPageShown = true
  }, [])
  return (
    <header className={classes.header}>
      {before}
      <h1 ref={heading} tabIndex={-1} className={classes.title}>
        {title}
      </h1>
      {note && <div className={classes.note}>{note}</div>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  )
}
