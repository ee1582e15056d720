import type { components } from '../api/schema'

/** A request as the board shows it, with what this person may do with it. */
export type Card = components['schemas']['Card']

/** The requests of one status: how many match, and the first of them. */
export type BoardColumn = components['schemas']['Column']
