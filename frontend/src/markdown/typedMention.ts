export interface TypedMention {
  /** Where its `@` stands. */
  start: number
  typed: string
}

/** The mention that is being typed right before the caret: `@` at the beginning of a word and up to four words. */
export function typedMention(text: string, caret: number): TypedMention | null {
  const found = /(?:^|[^\p{L}\p{N}_./@-])@([\p{L}\p{N}'.-]*(?: [\p{L}\p{N}'.-]+){0,3})$/u.exec(
    text.slice(0, caret),
  )
  const typed = found?.[1]
  return typed === undefined ? null : { start: caret - typed.length - 1, typed }
}
