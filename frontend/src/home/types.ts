import type { components } from '../api/schema'

type Schemas = components['schemas']

/** A list's query as the API tells it. */
export type Filters = Schemas['Filters']
export type Home = Schemas['Home']
export type Figure = Schemas['Figure']
export type Load = Schemas['Load']
export type Team = Schemas['Team']
