import type { components } from '../api/schema'

type Schemas = components['schemas']

export type Home = Schemas['Home']
export type Figure = Schemas['Figure']
export type Load = Schemas['Load']
export type Team = Schemas['Team']
