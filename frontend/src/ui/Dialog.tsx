import { Modal } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { keepFocus } from './focus'

interface Props {
  title: string
  size?: 'md' | 'lg'
  onClose: () => void
  children: ReactNode
}

/** An open dialog, which takes the page behind it out of reach, for assistive technology too. */
export function Dialog({ title, size = 'md', onClose, children }: Props) {
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
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      centered
      size={size}
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 120 }}
    >
      {children}
    </Modal>
  )
}
