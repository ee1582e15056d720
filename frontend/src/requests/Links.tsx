import { ActionIcon } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { Link as PageLink } from '@tanstack/react-router'
import { lazy } from 'react'
import { messageOf } from '../api/problem'
import { Flyout } from '../ui/Flyout'
import classes from './Links.module.css'
import { relations, relationWords } from './linkWords'
import { StatusGlyph } from './Marks'
import { type Link, useLinks } from './useLinks'

const AddLink = lazy(() => import('./AddLink'))

interface Props {
  requestId: string
  requestKey: string
}

/** How a request hangs together with others, both ways round. */
export default function Links({ requestId, requestKey }: Props) {
  const { query, add, remove, isAdding } = useLinks(requestId)
  const links = query.data?.links ?? []
  return (
    <section
      className={classes.section}
      aria-labelledby="links"
      data-empty={links.length === 0 || undefined}
    >
      <div className={classes.top}>
        <h2 id="links">Links</h2>
        <Flyout
          label="Link to another request"
          buttonLabel="Add a link"
          title="Add a link"
          buttonClass={classes.add}
          button={<IconPlus size={15} aria-hidden />}
        >
          {(close) => <AddLink {...{ requestKey, add, isAdding }} onDone={close} />}
        </Flyout>
      </div>
      {query.error && !query.data && <p className={classes.none}>{messageOf(query.error)}</p>}
      {query.data && links.length === 0 && (
        <p className={classes.none}>Requests that this one blocks, follows or duplicates.</p>
      )}
      {relations.map((relation) => {
        const some = links.filter((link) => link.relation === relation)
        if (some.length === 0) return null
        return (
          <div key={relation} className={classes.kind}>
            <h3>{relationWords[relation]}</h3>
            <ul>
              {some.map((link) => (
                <Entry key={link.id} link={link} onRemove={() => remove(link)} />
              ))}
            </ul>
          </div>
        )
      })}
    </section>
  )
}

function Entry({ link, onRemove }: { link: Link; onRemove: () => void }) {
  const { key, title, status } = link.request
  const remove = `Remove the link to ${key}`
  return (
    <li className={classes.link}>
      <span title={status} className={classes.status}>
        <StatusGlyph status={status} />
        <span className={classes.spoken}>{status} </span>
      </span>
      <PageLink to="/requests/$requestId" params={{ requestId: key }} title={title}>
        <span className={classes.key}>{key}</span> <bdi>{title}</bdi>
      </PageLink>
      {link.canRemove && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          className={classes.remove}
          aria-label={remove}
          title={remove}
          onClick={onRemove}
        >
          <IconX size={14} aria-hidden />
        </ActionIcon>
      )}
    </li>
  )
}
