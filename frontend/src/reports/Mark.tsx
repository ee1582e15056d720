import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import { stringifySearch } from '../app/searchParams'
import { type Filters, parseListSearch } from '../requests/listSearch'

interface Props {
  filters: Filters | undefined
  children: ReactNode
}

/**
 * A mark in a drawing that leads to the requests behind it. Keyboards and screen readers have the same links in the
 * table; a hundred stops in a drawing would be in their way.
 */
export function Mark({ filters, children }: Props) {
  const { history } = useRouter()
  if (!filters) return children
  const href = `/requests${stringifySearch({ ...parseListSearch({ ...filters }) })}`
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    history.push(href)
  }
  return (
    <a href={href} tabIndex={-1} onClick={go}>
      {children}
    </a>
  )
}
