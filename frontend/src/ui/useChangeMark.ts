import { useState } from 'react'

/**
 * Marks what has changed since it was first shown. The mark alternates, so that each further change starts its
 * animation anew; see app/live.css.
 */
export function useChangeMark(value: unknown): 'odd' | 'even' | undefined {
  const [seen, setSeen] = useState({ value, times: 0 })
  const times = seen.value === value ? seen.times : seen.times + 1
  if (seen.value !== value) setSeen({ value, times })
  if (times === 0) return undefined
  return times % 2 ? 'odd' : 'even'
}
