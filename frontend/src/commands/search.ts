/** The page's own search field: the one in its `search` landmark. */
function field(): HTMLInputElement | null {
  return document.querySelector('#content input[type="search"]')
}

/** Puts the cursor into the page's search, now or, with `waits`, when the page has it. */
export function focusSearch(waits = false): boolean {
  const found = field()
  found?.focus()
  found?.select()
  if (found || !waits) return found !== null
  const observer = new MutationObserver(() => {
    if (focusSearch()) observer.disconnect()
  })
  observer.observe(document.body, { childList: true, subtree: true })
  setTimeout(() => observer.disconnect(), 5_000)
  return false
}
