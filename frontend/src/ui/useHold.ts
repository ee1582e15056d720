import { type FocusEvent, type PointerEvent, useEffect, useRef, useState } from 'react'

/** Whether the mouse is over a part of the page, but for the head of a table: who sorts waits for the rows to move. */
export function usePointed() {
  const part = useRef<Element>(null)
  const [isPointed, setPointed] = useState(false)
  // A dialog takes the pointer away without its leaving: where it is seen next tells.
  useEffect(() => {
    if (!isPointed) return
    const look = ({ target }: Event) => {
      if (!(target instanceof Node && part.current?.contains(target))) setPointed(false)
    }
    window.addEventListener('pointerover', look)
    return () => window.removeEventListener('pointerover', look)
  }, [isPointed])
  return {
    isPointed,
    letGo: () => setPointed(false),
    handlers: {
      onPointerOver: ({ pointerType, target, currentTarget }: PointerEvent) => {
        part.current = currentTarget
        setPointed(pointerType === 'mouse' && !isHead(target))
      },
      onPointerLeave: () => setPointed(false),
    },
  }
}

/** Whether the mouse or the focus is in a list: its rows then stay where they are. */
export function useHold() {
  const { isPointed, letGo, handlers } = usePointed()
  const part = useRef<Element>(null)
  const [isFocused, setFocused] = useState(false)
  // A button that is disabled or taken away loses the focus without a word.
  useEffect(() => {
    if (isFocused && !part.current?.contains(document.activeElement)) setFocused(false)
  })
  return {
    isHeld: isPointed || isFocused,
    letGo() {
      setFocused(false)
      letGo()
    },
    handlers: {
      ...handlers,
      onFocus: ({ target, currentTarget }: FocusEvent) => {
        part.current = currentTarget
        setFocused(!isHead(target))
      },
      onBlur: () => setFocused(false),
    },
  }
}

function isHead(target: EventTarget): boolean {
  return target instanceof Element && target.closest('thead') !== null
}
