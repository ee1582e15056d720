const allowed = new Set(['http:', 'https:', 'mailto:'])

/** The address, when opening it can do nothing but open it; else null. */
export function safeAddress(href: string): string | null {
  try {
    return allowed.has(new URL(href).protocol) ? href : null
  } catch {
    return null
  }
}
