import { useMediaQuery } from '@mantine/hooks'
import { lazy, type ReactNode, Suspense } from 'react'
import type { RequestDetail } from '../api/types'
import { Person } from '../ui/Person'
import { Time } from '../ui/Time'
import { useChangeMark } from '../ui/useChangeMark'
import { DueDate } from './DueDate'
import { PriorityMark } from './Marks'
import classes from './Properties.module.css'
import { Tags } from './Tags'

// Only for those who may edit, and what it shows is there before it is.
const PriorityEdit = lazy(() =>
  import('./PropertyEdit').then((edit) => ({ default: edit.PriorityEdit })),
)
const VendorEdit = lazy(() =>
  import('./PropertyEdit').then((edit) => ({ default: edit.VendorEdit })),
)

const DueDateEdit = lazy(() => import('./DueDateEdit'))
const TagsEdit = lazy(() => import('./TagsEdit'))
const Watchers = lazy(() => import('./Watchers'))
const Links = lazy(() => import('./Links'))

interface PropertyProps {
  name: string
  /** Told apart by this: another one is marked. */
  value: unknown
  children: ReactNode
}

function Property({ name, value, children }: PropertyProps) {
  return (
    <div className={classes.property} data-changed={useChangeMark(value)}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

interface Props {
  request: RequestDetail
  /** The form beside it has the same fields. */
  isEditing: boolean
}

const nothing = <span className={classes.nothing}>–</span>

/** On a phone they fold, so that the request itself is on the first screen. */
export function Properties(props: Props) {
  const narrow = useMediaQuery('(max-width: 699px)', undefined, { getInitialValueInEffect: false })
  const { id, key } = props.request
  const list = (
    <>
      <PropertyList {...props} />
      <Suspense>
        <Links requestId={id} requestKey={key} />
      </Suspense>
    </>
  )
  if (!narrow) return list
  return (
    <details className={classes.fold}>
      <summary>Properties</summary>
      {list}
    </details>
  )
}

function PropertyList({ request, isEditing }: Props) {
  const canEdit = request.canEdit && !isEditing
  const { assignedTo, assignedToName, estimatedHours } = request
  const due = request.dueDate ? <DueDate {...request} /> : nothing
  const tags = request.tags.length > 0 ? <Tags tags={request.tags} /> : nothing
  return (
    <dl className={classes.properties}>
      <Property name="Priority" value={request.priority}>
        <Suspense fallback={<PriorityMark priority={request.priority} />}>
          {canEdit ? (
            <PriorityEdit request={request} />
          ) : (
            <PriorityMark priority={request.priority} />
          )}
        </Suspense>
      </Property>
      <Property name="Vendor" value={request.vendor}>
        <Suspense fallback={request.vendor}>
          {canEdit ? <VendorEdit request={request} /> : request.vendor}
        </Suspense>
      </Property>
      <Property name="Requester" value={request.createdBy}>
        <Person id={request.createdBy} name={request.createdByName} />
      </Property>
      <Property name="Engineer" value={assignedTo}>
        {assignedTo && assignedToName ? <Person id={assignedTo} name={assignedToName} /> : nothing}
      </Property>
      <Property name="Estimate" value={estimatedHours}>
        {estimatedHours === null ? nothing : `${estimatedHours.toLocaleString('en')} h`}
      </Property>
      <Property name="Due" value={request.dueDate}>
        <Suspense fallback={due}>{canEdit ? <DueDateEdit request={request} /> : due}</Suspense>
      </Property>
      <Property name="Tags" value={request.tags.join()}>
        <Suspense fallback={tags}>
          {request.canTag ? <TagsEdit request={request} /> : tags}
        </Suspense>
      </Property>
      <Property name="Watchers" value={null}>
        <Suspense>
          <Watchers requestId={request.id} />
        </Suspense>
      </Property>
      <Property name="Created" value={request.createdAt}>
        <Time at={request.createdAt} />
      </Property>
      <Property name="Updated" value={null}>
        <Time at={request.updatedAt} />
      </Property>
    </dl>
  )
}
