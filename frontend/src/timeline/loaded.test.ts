import { expect, it } from 'vitest'
import { engineersOf, isSame, type Loaded, newest } from './loaded'

function loaded(at: number, ...names: string[]): Loaded {
  const engineers = names.map((name) => {
    const [engineerId = '', calledSince] = name.split(' ')
    return {
      engineerId,
      name: calledSince ?? engineerId,
      weeklyHours: 40,
      openRequests: 0,
      openHours: 0,
      items: [],
    }
  })
  const from = '2026-03-02T00:00:00Z'
  return { at, page: { from, to: '2026-05-25T00:00:00Z', engineers, nextCursor: null } }
}

const names = (pages: Loaded[]) =>
  engineersOf(pages).map((engineers) => engineers.map(({ name }) => name))

it('shows who is on two pages as the page that came later knows them', () => {
  expect(names([loaded(5, 'a', 'b'), loaded(3, 'c')])).toEqual([['a', 'b'], ['c']])
  expect(names([loaded(5, 'z Anna', 'b'), loaded(3, 'c', 'z')])).toEqual([['Anna', 'b'], ['c']])
  expect(names([loaded(3, 'a'), loaded(5, 'a Zoe')])).toEqual([[], ['Zoe']])
})

it('leaves a page as it is where nobody is twice, so that it need not be drawn again', () => {
  const pages = [loaded(5, 'a'), loaded(3, 'b')]
  expect(engineersOf(pages)[1]).toBe(pages[1]?.page.engineers)
})

it('knows the page that came last, and whether another has come', () => {
  const pages = [loaded(5, 'a'), loaded(3, 'b')]
  expect(newest(pages)).toBe(pages[0]?.page)
  expect(newest([])).toBeUndefined()
  expect(isSame(pages, [...pages])).toBe(true)
  expect(isSame(pages, pages.slice(1))).toBe(false)
  expect(isSame(pages, [pages[0] as Loaded, { ...(pages[1] as Loaded), at: 4 }])).toBe(false)
})
