/** Where what had the focus is gone, reading goes on at the page's heading rather than at its very top. */
export function keepFocus(wanted?: Element | null): void {
  if (wanted instanceof HTMLElement && wanted.isConnected && wanted !== document.body) {
    wanted.focus()
  } else if (!document.activeElement || document.activeElement === document.body) {
    document.querySelector('h1')?.focus({ preventScroll: true })
  }
}
