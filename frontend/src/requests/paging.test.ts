import { describe, expect, it } from 'vitest'
import { nextPlace, type Place, previousPlace } from './paging'

const first: Place = { search: { q: 'hem' }, cursorsBefore: [] }

describe('paging', () => {
  it('goes forward and back the same way', () => {
    const second = nextPlace(first, 'b')
    const third = nextPlace(second, 'c')
    expect(third).toEqual({ search: { q: 'hem', cursor: 'c', page: 3 }, cursorsBefore: ['b'] })
    expect(previousPlace(third)).toEqual(second)
    expect(previousPlace(previousPlace(third))).toEqual({
      search: { q: 'hem', cursor: undefined, page: undefined },
      cursorsBefore: [],
    })
  })

  it('leads to the first page where the way is not known', () => {
    const shared: Place = { search: { cursor: 'x', page: 7 }, cursorsBefore: [] }
    expect(previousPlace(shared).search).toEqual({ cursor: undefined, page: undefined })
  })
})
