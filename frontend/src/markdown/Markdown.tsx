import { Link } from '@tanstack/react-router'
import type { Token, Tokens } from 'marked'
import { createElement, Fragment, type ReactNode, useMemo } from 'react'
import { safeAddress } from './addresses'
import classes from './Markdown.module.css'
import { type Mentions, mentionsIn, type Part } from './mentions'
import { parse } from './parse'

interface Props {
  text: string
  /** Whom and what the server found mentioned: only that becomes a link. */
  mentions?: Mentions
}

interface Context {
  mentions: Mentions | undefined
  /** A link holds no other link. */
  inLink?: boolean
}

/**
 * Markdown as React elements. No HTML is ever made from a text: what looks like HTML is shown as it was typed, addresses
 * other than http, https and mailto stay text, and a picture is a link, since nothing is fetched from elsewhere.
 */
export function Markdown({ text, mentions }: Props) {
  const tokens = useMemo(() => parse(text), [text])
  return (
    <div className={classes.markdown} dir="auto">
      {blocks(tokens, { mentions })}
    </div>
  )
}

/** A text is parsed anew as a whole, so its pieces need no keys: they are written out side by side. */
function together(pieces: ReactNode[]): ReactNode {
  return createElement(Fragment, null, ...pieces)
}

function blocks(tokens: Token[], context: Context): ReactNode {
  return together(tokens.map((token) => block(token, context)))
}

function block(token: Token, context: Context): ReactNode {
  const inner = () => inlines('tokens' in token ? (token.tokens ?? []) : [], context)
  switch (token.type) {
    case 'paragraph':
      return <p>{inner()}</p>
    case 'heading':
      return <Heading depth={(token as Tokens.Heading).depth}>{inner()}</Heading>
    case 'code':
      return (
        <pre>
          <code>{(token as Tokens.Code).text}</code>
        </pre>
      )
    case 'blockquote':
      return <blockquote>{blocks((token as Tokens.Blockquote).tokens, context)}</blockquote>
    case 'list':
      return <List list={token as Tokens.List} context={context} />
    case 'table':
      return <Table table={token as Tokens.Table} context={context} />
    case 'hr':
      return <hr />
    case 'space':
    case 'def':
      return null
    case 'html':
      return <p className={classes.asTyped}>{token.raw.trimEnd()}</p>
    default:
      return inline(token, context)
  }
}

/** Below the headings that the page itself has. */
function Heading({ depth, children }: { depth: number; children: ReactNode }) {
  const Tag = (['h3', 'h4', 'h5', 'h6'] as const)[Math.min(depth, 4) - 1] ?? 'h6'
  return <Tag data-depth={depth}>{children}</Tag>
}

function List({ list, context }: { list: Tokens.List; context: Context }) {
  const items = together(list.items.map((item) => listItem(item, context)))
  if (!list.ordered) return <ul>{items}</ul>
  return <ol start={list.start === '' ? undefined : list.start}>{items}</ol>
}

function listItem({ task, tokens }: Tokens.ListItem, context: Context): ReactNode {
  return <li data-task={task || undefined}>{blocks(tokens, context)}</li>
}

function Table({ table, context }: { table: Tokens.Table; context: Context }) {
  return (
    // Wide ones scroll by themselves; the keyboard must get there too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs the focus to be scrolled
    <section className={classes.wide} tabIndex={0} aria-label="Table">
      <table>
        <thead>{row(table.header, context)}</thead>
        <tbody>{together(table.rows.map((cells) => row(cells, context)))}</tbody>
      </table>
    </section>
  )
}

function row(cells: Tokens.TableCell[], context: Context): ReactNode {
  const elements = cells.map(({ header, align, tokens }) => {
    const attributes = { 'data-align': align ?? undefined, scope: header ? 'col' : undefined }
    return createElement(header ? 'th' : 'td', attributes, inlines(tokens, context))
  })
  return <tr>{together(elements)}</tr>
}

function inlines(tokens: Token[], context: Context): ReactNode {
  return together(tokens.map((token) => inline(token, context)))
}

function inline(token: Token, context: Context): ReactNode {
  const inner = (within = context) => inlines('tokens' in token ? (token.tokens ?? []) : [], within)
  switch (token.type) {
    case 'strong':
      return <strong>{inner()}</strong>
    case 'em':
      return <em>{inner()}</em>
    case 'del':
      return <del>{inner()}</del>
    case 'codespan':
      return <code>{(token as Tokens.Codespan).text}</code>
    case 'br':
      return <br />
    case 'checkbox':
      return <Box checked={(token as Tokens.Checkbox).checked} />
    case 'escape':
      return (token as Tokens.Escape).text
    case 'link':
      return (
        <Address href={(token as Tokens.Link).href} raw={token.raw}>
          {inner({ ...context, inLink: true })}
        </Address>
      )
    case 'image': {
      const { href, text } = token as Tokens.Image
      return (
        <Address href={href} raw={token.raw}>
          {text || href}
        </Address>
      )
    }
    case 'text':
      if ('tokens' in token && token.tokens) return inner()
      return context.inLink ? token.raw : <Plain text={token.raw} mentions={context.mentions} />
    default:
      return token.raw
  }
}

function Box({ checked }: { checked: boolean }) {
  return (
    <span role="img" aria-label={checked ? 'Done:' : 'Open:'} className={classes.box}>
      {checked ? '☑' : '☐'}
    </span>
  )
}

function Address({ href, raw, children }: { href: string; raw: string; children: ReactNode }) {
  const address = safeAddress(href)
  if (!address) return raw
  return (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}

function Plain({ text, mentions }: { text: string; mentions: Mentions | undefined }) {
  if (!mentions) return text
  return together(mentionsIn(text, mentions).map(mention))
}

function mention(part: Part): ReactNode {
  if (typeof part === 'string') return part
  if ('key' in part) {
    return (
      <Link
        to="/requests/$requestId"
        params={{ requestId: part.key }}
        title={`${part.title} · ${part.status}`}
      >
        {part.as}
      </Link>
    )
  }
  const search = part.role === 'ENGINEER' ? { assignedTo: [part.id] } : { createdBy: [part.id] }
  return (
    <Link to="/requests" search={search} className={classes.person}>
      {part.as}
    </Link>
  )
}
