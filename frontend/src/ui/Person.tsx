import classes from './Person.module.css'

const HUES = 8

/** FNV-1a; its upper bits, since the lower ones hardly mix. */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5
  for (const char of id) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 24) % HUES
}

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = [...(words[0] ?? '')][0] ?? '?'
  const last = words.length > 1 ? ([...(words[words.length - 1] ?? '')][0] ?? '') : ''
  return (first + last).toUpperCase()
}

interface Props {
  id: string
  name: string
  size?: number
}

/** Initials on a colour derived from the id; the name itself always stands beside it. */
export function Avatar({ id, name, size = 20 }: Props) {
  return (
    <span
      aria-hidden
      className={classes.avatar}
      data-hue={hueOf(id)}
      style={{ width: size, height: size, fontSize: size * 0.42 }}
    >
      {initialsOf(name)}
    </span>
  )
}

export function Person({ id, name, size }: Props) {
  return (
    <span className={classes.person} title={name}>
      <Avatar id={id} name={name} size={size} />
      <span className={classes.name}>{name}</span>
    </span>
  )
}
