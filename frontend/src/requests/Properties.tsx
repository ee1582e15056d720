import type { ReactNode } from 'react'
import type { RequestDetail } from '../api/types'
import { Person } from '../ui/Person'
import { Time } from '../ui/Time'
import { PriorityMark } from './Marks'
import classes from './Properties.module.css'

function Property({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.property}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const nothing = <span className={classes.nothing}>–</span>

export function Properties({ request }: { request: RequestDetail }) {
  const { assignedTo, assignedToName, estimatedHours } = request
  return (
    <dl className={classes.properties}>
      <Property name="Priority">
        <PriorityMark priority={request.priority} />
      </Property>
      <Property name="Vendor">{request.vendor}</Property>
      <Property name="Requester">
        <Person id={request.createdBy} name={request.createdByName} />
      </Property>
      <Property name="Engineer">
        {assignedTo && assignedToName ? <Person id={assignedTo} name={assignedToName} /> : nothing}
      </Property>
      <Property name="Estimate">
        {estimatedHours === null ? nothing : `${estimatedHours.toLocaleString('en')} h`}
      </Property>
      <Property name="Created">
        <Time at={request.createdAt} />
      </Property>
      <Property name="Updated">
        <Time at={request.updatedAt} />
      </Property>
    </dl>
  )
}
