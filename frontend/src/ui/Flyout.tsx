import {
  type KeyboardEvent,
  type ReactNode,
  Suspense,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import classes from './Flyout.module.css'

interface Props {
  /** What the button shows, and its name where that is not enough. */
  button: ReactNode
  buttonLabel?: string
  buttonClass?: string
  /** The name of what opens. */
  label: string
  title?: string
  /** Rendered, and its code loaded, only while it is open. */
  children: (close: () => void) => ReactNode
  onClose?: () => void
}

const MARGIN = 8

/** A button with something small behind it. The browser's own popover does closing, Escape and focus. */
export function Flyout(props: Props) {
  const { button, buttonLabel, buttonClass, label, title, children, onClose } = props
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    if (!isOpen) return
    const put = () => place(opener.current, panel.current)
    const observer = new ResizeObserver(put)
    if (panel.current) observer.observe(panel.current)
    window.addEventListener('resize', put)
    window.addEventListener('scroll', put, { passive: true, capture: true })
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', put)
      window.removeEventListener('scroll', put, { capture: true })
    }
  }, [isOpen])
  return (
    <>
      <button
        ref={opener}
        type="button"
        className={buttonClass}
        popoverTarget={id}
        aria-label={buttonLabel}
        aria-haspopup="dialog"
        title={title}
      >
        {button}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={classes.panel}
        onBeforeToggle={(event) => event.newState === 'open' && setOpen(true)}
        // Only now: the browser gives the focus back from what is still there.
        onToggle={(event) => {
          if (event.newState !== 'closed') return
          setOpen(false)
          onClose?.()
        }}
        onKeyDown={moveFocus}
      >
        {isOpen && (
          <Suspense fallback={<div className={classes.loading} />}>
            {children(() => panel.current?.hidePopover())}
          </Suspense>
        )}
      </div>
    </>
  )
}

function place(opener: HTMLElement | null, panel: HTMLElement | null): void {
  if (!opener || !panel) return
  const { left, bottom, top } = opener.getBoundingClientRect()
  const below = window.innerHeight - bottom - 2 * MARGIN
  const above = top - 2 * MARGIN
  const goesUp = below < Math.min(panel.scrollHeight, 240) && above > below
  const leftmost = Math.min(left, window.innerWidth - panel.offsetWidth - MARGIN)
  panel.style.maxHeight = `${Math.max(goesUp ? above : below, 120)}px`
  panel.style.left = `${Math.max(MARGIN, leftmost)}px`
  panel.style.top = goesUp ? `${top - 4 - panel.offsetHeight}px` : `${bottom + 4}px`
}

const FOCUSABLE =
  'input:not([type=hidden], :disabled), button:not(:disabled), a[href], select, summary'

/** Arrow keys lead through what is offered, as in a menu. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const target = event.target as HTMLElement
  const usesArrows = target.matches('select, input[type=date], input[type=radio], textarea')
  if (!step || usesArrows) return
  const every = event.currentTarget.querySelectorAll<HTMLElement>(FOCUSABLE)
  const all = [...every].filter((one) => one.checkVisibility())
  const next = all[(all.indexOf(target) + step + all.length) % all.length]
  event.preventDefault()
  next?.focus()
}
