// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { useHold } from './useHold'

afterEach(cleanup)

function Part({ withButton }: { withButton: boolean }) {
  const hold = useHold()
  return (
    <div {...hold.handlers}>
      <output>{hold.isHeld ? 'held' : 'free'}</output>
      {withButton && <button type="button">Accept</button>}
    </div>
  )
}

it('holds while the focus is in it, and lets go when what had the focus is taken away', () => {
  const { rerender } = render(<Part withButton />)
  act(() => screen.getByRole('button').focus())
  expect(screen.getByRole('status').textContent).toBe('held')
  rerender(<Part withButton={false} />)
  expect(screen.getByRole('status').textContent).toBe('free')
})
