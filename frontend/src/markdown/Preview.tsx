import type { ReactNode } from 'react'
import { Markdown } from './Markdown'
import classes from './MarkdownField.module.css'

interface Props {
  label: ReactNode
  text: string
}

export default function Preview({ label, text }: Props) {
  return (
    <section aria-label="Preview">
      <div className={classes.label}>{label}</div>
      <div className={classes.preview}>
        <Markdown text={text} />
      </div>
    </section>
  )
}
