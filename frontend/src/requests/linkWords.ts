import type { components } from '../api/schema'

export type Relation = components['schemas']['Relation']

/** What the request at hand is to the other one, in the order in which it is offered and shown. */
export const relationWords: Record<Relation, string> = {
  blockedBy: 'Blocked by',
  blocks: 'Blocks',
  follows: 'Follows from',
  followedBy: 'Followed by',
  duplicates: 'Duplicates',
  duplicatedBy: 'Duplicated by',
}
export const relations = Object.keys(relationWords) as Relation[]

/** The same within a sentence. */
export const relationVerbs: Record<Relation, string> = {
  blockedBy: 'is blocked by',
  blocks: 'blocks',
  follows: 'follows from',
  followedBy: 'is followed by',
  duplicates: 'duplicates',
  duplicatedBy: 'is duplicated by',
}
