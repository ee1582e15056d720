import type { components, operations } from './schema'

type Schemas = components['schemas']

export type Role = Schemas['Role']
export type Status = Schemas['Status']
export type Priority = Schemas['Priority']
export type User = Schemas['User']
export type ListedUser = Schemas['ListedUser']
export type Request = Schemas['Request']
export type FieldValue = Schemas['FieldValue']
export type RequestDetail = Schemas['RequestDetail']
export type Action = Schemas['Action']
/** A request with what this person may do with it. */
export type Actionable = Request & Pick<RequestDetail, 'actions'>
export type Comment = Schemas['Comment']
export type Activity = Schemas['Entry']

export type ListQuery = NonNullable<operations['ApiRequestsListRequests']['parameters']['query']>
export type CountQuery = NonNullable<
  operations['ApiRequestsCountsCountRequests']['parameters']['query']
>

export type StudyType = Schemas['StudyType']
export type StudyField = Schemas['Field']
export type RequestForm = Schemas['RequestForm']
export type CriteriaSheet = Schemas['Sheet']
export type Criterion = Schemas['Criterion']
export type Measurement = Schemas['Measurement']
/** What a request is going to say, as far as it has been told. */
export type Content = Schemas['Content']
export type ServerDraft = Schemas['Draft']
export type SimilarRequest = Schemas['SimilarRequest']
export type ScheduledRequest = Schemas['ScheduledRequest']
export type Template = Schemas['Template']
