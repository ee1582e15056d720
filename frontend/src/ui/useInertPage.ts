import { useEffect, useState } from 'react'
import { keepFocus } from './focus'

/** While shown, the page behind is out of reach, for assistive technology too; then it gets the focus back. */
export function useInertPage(): void {
  const [opener] = useState(() => document.activeElement)
  // Mantine leaves the page readable behind its modal; the page is outside React's reach from here.
  useEffect(() => {
    const page = document.getElementById('root')
    page?.setAttribute('inert', '')
    page?.setAttribute('aria-hidden', 'true')
    return () => {
      page?.removeAttribute('inert')
      page?.removeAttribute('aria-hidden')
      keepFocus(opener)
    }
  }, [opener])
}
