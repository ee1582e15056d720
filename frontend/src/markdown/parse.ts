import { Lexer, type Token } from 'marked'

/** GitHub's Markdown; a line break is one, as everybody who writes in a text field means it. */
export function parse(text: string): Token[] {
  return new Lexer({ gfm: true, breaks: true }).lex(text)
}
