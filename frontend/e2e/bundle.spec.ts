/** What a page costs before anything shows: the code that the browser must have, with all that it names statically. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from '@playwright/test'
import { pageOf, test } from './people'

const ASSETS = join(import.meta.dirname, '../dist/assets')
const MOST_BYTES = 200_000
/** Over HTTP/1.1 a browser fetches six at a time. */
const MOST_FILES = 32
/** What is opened all day, with what it shares in one file. */
const DAILY = ['HomePage', 'RequestsPage', 'BoardPage', 'TimelinePage', 'RequestPage']
const MOST_FILES_DAILY = 18
const IMPORT = /(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g

const read = (name: string) => readFileSync(join(ASSETS, name), 'utf8')

function closure(name: string, found = new Set<string>()): Set<string> {
  if (!found.has(name)) {
    found.add(name)
    for (const match of read(name).matchAll(IMPORT)) closure(match[1] ?? '', found)
  }
  return found
}

const bytes = (names: Iterable<string>) =>
  [...names].reduce((sum, name) => sum + gzipSync(read(name)).length, 0)

const html = readFileSync(join(ASSETS, '../index.html'), 'utf8')
const entry = html.match(/assets\/(index-[\w-]+\.js)/)?.[1] ?? ''
const pages = readdirSync(ASSETS).filter((name) => /^[A-Z]\w*Page-[\w-]+\.js$/.test(name))

test('there are pages to weigh', () => {
  expect(pages.length).toBeGreaterThan(5)
})

for (const page of pages) {
  test(`${page.split('-')[0]} starts with less than ${MOST_BYTES / 1000} kB of code in few files`, () => {
    const needed = closure(page, closure(entry))
    expect(bytes(needed), [...needed].join(', ')).toBeLessThan(MOST_BYTES)
    const most = DAILY.includes(page.split('-')[0] ?? '') ? MOST_FILES_DAILY : MOST_FILES
    expect(needed.size, [...needed].join(', ')).toBeLessThanOrEqual(most)
  })
}

test('every file asks to be compiled beside the page', () => {
  for (const name of readdirSync(ASSETS).filter((one) => one.endsWith('.js'))) {
    expect(read(name).split('\n')[0], name).toBe('//# allFunctionsCalledOnLoad')
  }
})

test("the list's first rows need none of the browser's tables of dates and numbers", async ({
  browser,
}) => {
  const page = await pageOf(browser, 'bob', { viewport: { width: 390, height: 844 } })
  await page.addInitScript(() => {
    const used: string[] = []
    Object.assign(window, { used })
    const watch = (owner: object, name: string) => {
      const real = Reflect.get(owner, name)
      const told = new Proxy(real, {
        apply: (target, self, given) => {
          used.push(name)
          return Reflect.apply(target, self, given)
        },
        construct: (target, given) => {
          used.push(name)
          return Reflect.construct(target, given)
        },
      })
      Reflect.set(owner, name, told)
    }
    watch(Intl, 'DateTimeFormat')
    watch(Intl, 'NumberFormat')
    watch(Number.prototype, 'toLocaleString')
    watch(Date.prototype, 'toLocaleDateString')
  })
  await page.goto('/requests')
  await expect(page.locator('main time').first()).toBeVisible()
  expect(await page.evaluate(() => Reflect.get(window, 'used'))).toEqual([])
})

test('a visit asks for its page and its person while the app is on its way', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'bob')
  const asked = Promise.all([
    page.waitForRequest(/RequestPage-[\w-]+\.js$/),
    page.waitForRequest('**/api/auth/session'),
  ])
  let sessions = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/api/auth/session')) sessions++
  })
  await page.route('**/assets/packages-*.js', async (route) => {
    await asked
    await route.continue()
  })
  await page.goto('/requests/SF-1')
  await expect(page.getByRole('navigation').first()).toBeVisible()
  expect(sessions).toBe(1)
})

test("the list's rows are asked for once, after the person and before the app", async ({
  browser,
}) => {
  const page = await pageOf(browser, 'bob')
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/api/requests')) asked.push('rows')
  })
  // The stream of events resumes from there: what is asked for earlier could miss a change.
  page.on('response', (response) => {
    if (response.url().endsWith('/api/auth/session')) asked.push('person')
  })
  const early = Promise.all([
    page.waitForRequest('**/api/requests?*'),
    page.waitForRequest('**/api/requests/counts'),
  ])
  await page.route('**/assets/packages-*.js', async (route) => {
    await early
    await route.continue()
  })
  await page.goto('/requests')
  await expect(page.getByRole('table', { name: 'Requests' }).getByRole('link')).not.toHaveCount(0)
  expect(asked).toEqual(['person', 'rows', 'rows'])
})

test('who is not signed in asks for no rows', async ({ page }) => {
  let rows = 0
  page.on('request', (request) => {
    if (request.url().includes('/api/requests')) rows++
  })
  await page.goto('/requests')
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
  expect(rows).toBe(0)
})

test('rows of a list with a filter are not asked for without it', async ({ browser }) => {
  const page = await pageOf(browser, 'bob')
  const asked: string[] = []
  page.on('request', (request) => {
    if (/\/api\/requests(\/counts)?(\?|$)/.test(request.url())) asked.push(request.url())
  })
  await page.goto('/requests?status=Submitted')
  await expect(page.getByRole('table', { name: 'Requests' }).getByRole('link')).not.toHaveCount(0)
  expect(asked.length).toBe(2)
  for (const url of asked) expect(url).toContain('status=Submitted')
})

test('a page whose code is there before the document waits for it', async ({ browser }) => {
  const page = await pageOf(browser, 'bob')
  const code = page.waitForResponse(/RequestPage-[\w-]+\.js$/)
  // The document is read on only when this has run.
  await page.route('**/color-scheme.js', async (route) => {
    await page.evaluate((url) => import(url), (await code).url())
    await route.continue()
  })
  await page.goto('/requests/SF-1')
  await expect(page.getByRole('navigation').first()).toBeVisible()
})
