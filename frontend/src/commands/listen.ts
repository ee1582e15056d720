import { singleKeys } from '../app/preferences'
import { chordOf } from './keys'
import { registry } from './registry'

const fields = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]'
// A flyout stays in the document while it is closed.
const opened = '[role="dialog"]:not([popover]:not(:popover-open)), [role="menu"]'
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

function isOpen(selector: string): boolean {
  return document.querySelector(selector) !== null
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const target = event.target instanceof Element ? event.target : document.body
  if (isOwnKey(target, event.key) || isOpen('[aria-modal="true"], [role="alertdialog"]')) return
  const chord = chordOf(event)
  if (!chord) return
  const isTyping = isTypedIn(target) || isOpen(opened)
  const situation = { isTyping, isRepeat: event.repeat, singleKeys: singleKeys.get() === 'on' }
  if (registry.press(chord, situation) !== 'none') event.preventDefault()
}

/** One listener for the app. It comes after the page's own handlers, which may have used the key. */
export function listenForShortcuts(): () => void {
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}
