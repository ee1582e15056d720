import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useInertPage } from './useInertPage'

interface Props {
  title: string
  size?: 'md' | 'lg'
  onClose: () => void
  children: ReactNode
}

/** An open dialog, which takes the page behind it out of reach, for assistive technology too. */
export function Dialog({ title, size = 'md', onClose, children }: Props) {
  useInertPage()
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
