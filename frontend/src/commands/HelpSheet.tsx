import { Switch } from '@mantine/core'
import { useState } from 'react'
import { singleKeys } from '../app/preferences'
import { Dialog } from '../ui/Dialog'
import classes from './HelpSheet.module.css'
import { Keys } from './Keys'
import { type Command, pressable, registry } from './registry'

function grouped(commands: Command[]): Map<string, Command[]> {
  const groups = new Map<string, Command[]>()
  for (const command of commands) {
    const group = groups.get(command.group) ?? []
    groups.set(command.group, [...group, command])
  }
  return groups
}

/** The keys that work on the page behind it. */
export default function HelpSheet({ onClose }: { onClose: () => void }) {
  const single = singleKeys.use()
  // While it is open, nothing behind it changes.
  const [all] = useState(() => grouped(registry.active()))
  return (
    <Dialog title="Keys that work here" size="lg" onClose={onClose}>
      <div className={classes.groups}>
        {[...all].map(([group, commands]) => (
          <section key={group} className={classes.group}>
            <h3>{group}</h3>
            <dl>
              {commands.map((command) => (
                <Line key={command.label} command={command} single={single === 'on'} />
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className={classes.foot}>
        <Switch
          label="Single-key shortcuts"
          description="Turn them off where speech input or a slip of the hand sets them off. Keys with Ctrl stay."
          checked={single === 'on'}
          classNames={{ description: classes.description }}
          onChange={(event) => singleKeys.set(event.currentTarget.checked ? 'on' : 'off')}
        />
      </div>
    </Dialog>
  )
}

function Line({ command, single }: { command: Command; single: boolean }) {
  const open = pressable(command, single)
  return (
    <div className={classes.line} data-off={open.length === 0 || undefined}>
      <dt>{command.label}</dt>
      <dd>
        {pressable(command).map((keys, index) => (
          <span key={keys}>
            {index > 0 && <span className={classes.or}> or </span>}
            <Keys keys={keys} />
          </span>
        ))}
        {open.length === 0 && <span className={classes.off}>off</span>}
      </dd>
    </div>
  )
}
