import { singleKeys } from '../app/preferences'
import { chordOf } from './keys'
import { registry } from './registry'

const fields = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]'
const untyped = new Set([
  'checkbox',
  'radio',
  'button',
  'submit',
  'reset',
  'range',
  'file',
  'color',
])

/** A box is ticked, not typed in: keys go on working there. */
function isTypedIn(target: Element): boolean {
  const field = target.closest(fields)
  return Boolean(field) && !(field instanceof HTMLInputElement && untyped.has(field.type))
}

/** A button, link or box does by itself what Enter and Space mean to it. */
function isOwnKey(target: Element, key: string): boolean {
  if (key !== 'Enter' && key !== ' ') return false
  return target.closest('a, button, summary, input, [role="button"], [role="option"]') !== null
}

/** Menus and lists that are folded away may still stand in the page. */
function isOpen(selector: string): boolean {
  return [...document.querySelectorAll(selector)].some((one) => one.checkVisibility())
}

/** How the page stood when the key went down: Esc may have closed a dialog before our turn comes. */
let stood = { isModal: false, isTyping: false }

function onBefore({ target }: KeyboardEvent): void {
  stood = {
    isModal: isOpen('[aria-modal="true"], [role="alertdialog"]'),
    isTyping:
      (target instanceof Element && isTypedIn(target)) || isOpen('[role="dialog"], [role="menu"]'),
  }
}

function onKeyDown(event: KeyboardEvent): void {
  const { isModal, isTyping } = stood
  if (event.defaultPrevented || event.isComposing || isModal) return
  const target = event.target instanceof Element ? event.target : document.body
  const chord = isOwnKey(target, event.key) ? null : chordOf(event)
  if (!chord) return
  const situation = { isTyping, isRepeat: event.repeat, singleKeys: singleKeys.get() === 'on' }
  if (registry.press(chord, situation, event.timeStamp) !== 'none') event.preventDefault()
}

/** One pair for the app: our turn comes after the page's own handlers, which may have used the key. */
export function listenForShortcuts(): () => void {
  window.addEventListener('keydown', onBefore, { capture: true })
  window.addEventListener('keydown', onKeyDown)
  return () => {
    window.removeEventListener('keydown', onBefore, { capture: true })
    window.removeEventListener('keydown', onKeyDown)
  }
}
