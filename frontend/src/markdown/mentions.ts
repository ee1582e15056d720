import type { components } from '../api/schema'

export type Mentions = Pick<components['schemas']['Mentions'], 'people' | 'requests'>

/** A piece of text, or what it mentions with the words by which it does. */
export type Part =
  | string
  | (Mentions['people'][number] & { as: string })
  | (Mentions['requests'][number] & { as: string })

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Splits a text at what the server says it mentions; the longest name wins, as it does there. */
export function mentionsIn(text: string, { people, requests }: Mentions): Part[] {
  const named = new Map(people.map((person) => [`@${person.name.toLowerCase()}`, person]))
  const keyed = new Map(requests.map((request) => [request.key.toLowerCase(), request]))
  const words = [...named.keys(), ...keyed.keys()].sort((a, b) => b.length - a.length).map(escaped)
  if (words.length === 0) return [text]
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}_./@-])(${words.join('|')})(?![\\p{L}\\p{N}_-])`,
    'giu',
  )
  return text.split(pattern).flatMap((as): Part[] => {
    const found = named.get(as.toLowerCase()) ?? keyed.get(as.toLowerCase())
    if (found) return [{ ...found, as }]
    return as === '' ? [] : [as]
  })
}
