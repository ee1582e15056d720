import { describe, expect, it } from 'vitest'
import { parseSearch, stringifySearch } from './searchParams'

describe('the address', () => {
  it('repeats a name for several values and leaves out what is not set', () => {
    const search = { status: ['On Hold', 'Denied'], q: 'door & hem', cursor: undefined, page: 2 }
    expect(stringifySearch(search)).toBe('?status=On+Hold&status=Denied&q=door+%26+hem&page=2')
    expect(stringifySearch({ q: '' })).toBe('')
  })

  it('reads back what it wrote', () => {
    expect(parseSearch('?status=On+Hold&status=Denied&status=Accepted&q=42')).toEqual({
      status: ['On Hold', 'Denied', 'Accepted'],
      q: '42',
    })
  })
})
