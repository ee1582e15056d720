import classes from './Tags.module.css'

interface Props {
  tags: readonly string[]
  /** In one line, as many as there is room for. */
  isShort?: boolean
}

/** Words that people gave a request. */
export function Tags({ tags, isShort }: Props) {
  if (tags.length === 0) return null
  return (
    <span className={classes.tags} data-short={isShort || undefined} title={tags.join(', ')}>
      {tags.map((tag) => (
        <span key={tag} className={classes.tag} dir="auto">
          {tag}
        </span>
      ))}
    </span>
  )
}
