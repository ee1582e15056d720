import { Modal } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'

interface Props {
  title: string
  opened: boolean
  onClose: () => void
  children: ReactNode
}

/** A dialog that takes the page behind it out of reach, for assistive technology too. */
export function Dialog({ title, opened, onClose, children }: Props) {
  // Mantine leaves the page readable behind its modal; the page is outside React's reach from here.
  useEffect(() => {
    if (!opened) return
    const page = document.getElementById('root')
    page?.setAttribute('inert', '')
    page?.setAttribute('aria-hidden', 'true')
    return () => {
      page?.removeAttribute('inert')
      page?.removeAttribute('aria-hidden')
    }
  }, [opened])
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      centered
      size="md"
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 120 }}
    >
      {children}
    </Modal>
  )
}
