import { IconCopy, IconDots, IconFilePlus, IconLock, IconPrinter } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Comment, RequestDetail } from '../api/types'
import { useCommands } from '../commands/useShortcuts'
import { Flyout } from '../ui/Flyout'
import { useFirstFocus } from '../ui/useFirstFocus'
import classes from './MoreMenu.module.css'

interface Props {
  request: RequestDetail
  comments: readonly Comment[]
}

/** What one does with the whole of a request; in the palette as well. */
export default function MoreMenu({ request, comments }: Props) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const open = comments.filter(({ internal }) => !internal)
  const copy = (some: readonly Comment[]) => async () => {
    const { copyAsMarkdown } = await import('./copy')
    await copyAsMarkdown(client, request, some)
  }
  const offered = [
    { label: 'Copy as Markdown', words: 'export text', Icon: IconCopy, run: copy(open) },
    ...(open.length < comments.length
      ? [
          {
            label: 'Copy with internal words',
            words: 'Markdown',
            Icon: IconLock,
            run: copy(comments),
          },
        ]
      : []),
    {
      label: 'Begin another like this',
      words: 'duplicate new template',
      Icon: IconFilePlus,
      run: () => navigate({ to: '/requests/new', search: { from: request.key } }),
    },
    { label: 'Print', words: 'paper PDF', Icon: IconPrinter, run: () => window.print() },
  ]
  useCommands(
    offered.map(({ Icon: _, ...command }) => ({
      ...command,
      group: 'This request',
      inPalette: true,
    })),
  )
  return (
    <Flyout
      label="Copy and print"
      buttonLabel="Copy and print"
      title="Copy and print"
      buttonClass={classes.button}
      button={<IconDots size={18} aria-hidden />}
    >
      {(close) => <Offered {...{ offered, close }} />}
    </Flyout>
  )
}

interface OfferedProps {
  offered: { label: string; Icon: typeof IconCopy; run: () => void }[]
  close: () => void
}

function Offered({ offered, close }: OfferedProps) {
  const place = useFirstFocus<HTMLDivElement>()
  return (
    <div ref={place}>
      {offered.map(({ label, Icon, run }) => (
        <button
          key={label}
          type="button"
          className={classes.item}
          onClick={() => {
            close()
            run()
          }}
        >
          <Icon size={16} aria-hidden />
          {label}
        </button>
      ))}
    </div>
  )
}
