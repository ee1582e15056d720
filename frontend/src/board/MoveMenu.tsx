import { Menu, Portal } from '@mantine/core'
import type { RefObject } from 'react'
import { verbOf } from '../requests/actionLabels'
import { StatusGlyph } from '../requests/Marks'
import { useBoardPart } from './context'
import classes from './MoveMenu.module.css'
import type { Card } from './types'

interface Props {
  card: Card
  anchor: RefObject<HTMLElement | null>
}

/** Everything that can be done with a card, and what cannot be with the reason. */
export default function MoveMenu({ card, anchor }: Props) {
  const part = useBoardPart()
  const place = anchor.current?.getBoundingClientRect()
  const open = card.actions.filter(({ allowed }) => allowed)
  const closed = card.actions.filter(({ allowed }) => !allowed)
  return (
    <Menu
      opened
      onChange={(opened) => !opened && part.openMenu(null)}
      position="bottom-start"
      withinPortal
      // The first move takes the focus, not the menu's own placeholder before it.
      withInitialFocusPlaceholder={false}
    >
      <Portal>
        <Menu.Target>
          <span
            className={classes.anchor}
            style={{ left: place?.left ?? 0, top: place?.bottom ?? 0 }}
          />
        </Menu.Target>
      </Portal>
      <Menu.Dropdown className={classes.menu} aria-label={`Move ${card.key}`}>
        {open.map((action, at) => (
          <Menu.Item
            key={action.name}
            data-autofocus={at === 0 || undefined}
            leftSection={<StatusGlyph status={action.to} />}
            onClick={() => part.choose(card, action)}
          >
            {verbOf(action.name)}
            <span className={classes.to}>{action.to}</span>
          </Menu.Item>
        ))}
        {closed.map((action) => (
          <Menu.Item key={action.name} disabled leftSection={<StatusGlyph status={action.to} />}>
            {verbOf(action.name)}
            <span className={classes.why}>{action.why}</span>
          </Menu.Item>
        ))}
        {card.actions.length === 0 && <Menu.Label>No move leads on from {card.status}.</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  )
}
