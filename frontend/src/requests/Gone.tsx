import { Link } from '@tanstack/react-router'
import { useSession } from '../app/session'
import { readDraft } from '../drafts/drafts'
import { EmptyState } from '../ui/States'
import classes from './Gone.module.css'
import type { NewComment } from './sending'
import type { EditDraft } from './useEdit'

interface Props {
  requestId: string
  requestKey: string
}

/** The request was there and is not any more, for this person; what they typed still is. */
export default function Gone({ requestId, requestKey }: Props) {
  const { id } = useSession()
  const comment = readDraft<NewComment>(id, `comment:${requestId}`)?.value.content
  const edit = readDraft<EditDraft>(id, `edit:${requestId}`)?.value.values
  return (
    <>
      <div role="alert">
        <EmptyState action={<Link to="/requests">Go to the list</Link>}>
          You can no longer see {requestKey}: somebody has just passed it on.
        </EmptyState>
      </div>
      {(comment || edit) && (
        <section className={classes.typed} aria-labelledby="typed">
          <h2 id="typed">What you typed is kept</h2>
          <p>It comes back when you may see the request again. Until then you can copy it.</p>
          {[comment, edit?.title, edit?.description].map(
            (text) => text && <pre key={text}>{text}</pre>,
          )}
        </section>
      )}
    </>
  )
}
