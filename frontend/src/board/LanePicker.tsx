import { NativeSelect, UnstyledButton } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { Status } from '../api/types'
import { StatusGlyph } from '../requests/Marks'
import classes from './Board.module.css'

interface Props {
  columns: { status: Status; count: number }[]
  shown: Status
  onShow: (status: Status) => void
}

/** Which column a phone shows. Swiping the board does the same. */
export function LanePicker({ columns, shown, onShow }: Props) {
  const at = columns.findIndex(({ status }) => status === shown)
  const before = columns[at - 1]?.status
  const after = columns[at + 1]?.status
  return (
    <div className={classes.picker}>
      <UnstyledButton
        className={classes.arrow}
        aria-label="Column before"
        disabled={!before}
        onClick={() => before && onShow(before)}
      >
        <IconChevronLeft size={18} aria-hidden />
      </UnstyledButton>
      <NativeSelect
        aria-label="Column"
        className={classes.lanes}
        leftSection={<StatusGlyph status={shown} />}
        value={shown}
        data={columns.map(({ status, count }) => ({
          value: status,
          label: `${status} · ${count.toLocaleString('en')}`,
        }))}
        onChange={({ currentTarget }) => onShow(currentTarget.value as Status)}
      />
      <UnstyledButton
        className={classes.arrow}
        aria-label="Column after"
        disabled={!after}
        onClick={() => after && onShow(after)}
      >
        <IconChevronRight size={18} aria-hidden />
      </UnstyledButton>
    </div>
  )
}
