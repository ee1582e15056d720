import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page } from '@playwright/test'
import { pageOf, patch, screenshot, submit, test, unique } from './people'

const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
}
const questions = {
  throughput: 'How much comes out each week?',
  'open-work': 'How much is open, and where does it stand?',
  'cycle-time': 'How long does the work take?',
  'time-in-status': 'Where does the time go?',
  'by-vendor': 'Which vendors are asked for?',
  'by-priority': 'How urgent is what is asked for?',
  'first-time-right': 'How often is it right the first time?',
  estimates: 'How close are the estimates?',
}
type Name = keyof typeof questions
const names = Object.keys(questions) as Name[]
const allTables = names.map((name) => `table=${name}`).join('&')
const python = fileURLToPath(new URL('../../backend/.venv/bin/python', import.meta.url))

/** Two accepted, one at work and one to judge, of a vendor that nobody else has. */
async function withHistory(browser: Browser, options = {}) {
  const alice = await pageOf(browser, 'alice')
  const charlie = await pageOf(browser, 'charlie')
  const bob = await pageOf(browser, 'bob', options)
  const vendor = unique('Vendor')
  const { users } = await (await bob.request.get('/api/users?role=ENGINEER')).json()
  const engineer = users.find(({ name }: { name: string }) => name === 'Charlie Engineer')
  for (const isAccepted of [true, true, false]) {
    const key = await submit(alice, unique('To report'), { priority: 'High', vendor })
    await patch(bob, `${key}/assign`, { engineerId: engineer.id, estimatedHours: 5 })
    await patch(charlie, `${key}/status`, { status: 'In Progress' })
    if (!isAccepted) continue
    await patch(charlie, `${key}/status`, { status: 'Completed' })
    await patch(alice, `${key}/status`, { status: 'Accepted' })
  }
  await submit(alice, unique('To report'), { vendor })
  return { bob, vendor, filter: `vendor=${encodeURIComponent(vendor)}` }
}

function tableOf(page: Page, name: Name) {
  return page.getByRole('region', { name: `Table: ${questions[name]}` })
}

/** The rows of a table, each with its numbers by the names of their columns. */
async function shownIn(page: Page, name: Name): Promise<Record<string, number | null>[]> {
  await expect(tableOf(page, name)).toBeVisible()
  const texts = await tableOf(page, name)
    .getByRole('row')
    .evaluateAll((rows) => rows.map(({ children }) => [...children].map((one) => one.textContent)))
  const [heads = [], ...rows] = texts
  const number = (text: string | null | undefined) =>
    text === '–' ? null : Number((text ?? '').replace(/[,%dh\s]/g, ''))
  return rows.map((row) =>
    Object.fromEntries(heads.slice(1).map((head, at) => [head, number(row[at + 1])])),
  )
}

async function exported(page: Page, name: Name, format: 'CSV' | 'Excel (XLSX)') {
  await page.getByRole('button', { name: `Export: ${questions[name]}` }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: format }).click()
  const path = await (await download).path()
  await page.keyboard.press('Escape')
  return path
}

test('the tables say what the API says, and each number is that of the list behind it', async ({
  browser,
}) => {
  const { bob, filter } = await withHistory(browser)
  // biome-ignore lint/suspicious/noExplicitAny: eight shapes, of which the test names what it reads
  const answers: Record<string, any> = {}
  bob.on('response', async (response) => {
    const name = /\/api\/statistics\/([a-z-]+)\?/.exec(response.url())?.[1]
    if (name) answers[name] = await response.json()
  })
  await bob.goto(`/reports?${filter}&${allTables}`)
  await expect.poll(() => names.filter((name) => !answers[name])).toEqual([])

  const finished = answers.throughput.rows.map(({ count }: { count: number }) => count)
  expect(finished.at(-1)).toBe(2)
  expect((await shownIn(bob, 'throughput')).map((row) => row.Finished)).toEqual(finished)
  const open = answers['open-work'].rows.at(-1).byStatus
  expect(open).toMatchObject({ 'In Progress': 1, Submitted: 1, Completed: 0 })
  expect((await shownIn(bob, 'open-work')).at(-1)).toEqual(open)
  const volume = { Submitted: 4, Finished: 2, 'Open now': 2 }
  expect(await shownIn(bob, 'by-vendor')).toEqual([volume])
  expect((await shownIn(bob, 'first-time-right')).at(-1)).toEqual({
    'Accepted without a revision': 100,
  })
  expect((await shownIn(bob, 'estimates')).at(-1)?.Estimated).toBe(10)

  const counted: Name[] = ['throughput', 'open-work', 'by-vendor', 'by-priority']
  const list = await bob.context().newPage()
  for (const name of counted) {
    const links = tableOf(bob, name).getByRole('link').filter({ hasText: /[1-9]/ })
    expect(await links.count(), name).toBeGreaterThan(0)
    for (const link of await links.all()) {
      await list.goto((await link.getAttribute('href')) ?? '')
      await expect(list.getByText(`${await link.textContent()} found`), name).toBeVisible()
    }
  }
})

test('a chart is exported with its filter and how many rows there are', async ({ browser }) => {
  const { bob, vendor, filter } = await withHistory(browser)
  await bob.goto(`/reports?${filter}&span=4`)
  const csv = await readFile(await exported(bob, 'throughput', 'CSV'), 'utf8')
  expect(csv).toContain(`Vendor,${vendor}`)
  expect(csv).toContain('Requests,2')
  expect(csv).toContain('Rows,5')
  expect(csv.trimEnd().split('\n').at(-1)).toMatch(/^\d{4}-\d\d-\d\d,2\s*$/)

  const path = await exported(bob, 'by-vendor', 'Excel (XLSX)')
  const read = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); '
  const parts = "print(*(z.read(n).decode() for n in z.namelist() if n.endswith('.xml')))"
  const xml = execFileSync(python, ['-c', read + parts, path], { encoding: 'utf8' })
  expect(xml).toContain(vendor)
  expect(xml).toMatch(/>Rows<.*?<v>1<\/v>/)
})

test('span, filters and tables are in the address and come back with it', async ({ browser }) => {
  const bob = await pageOf(browser, 'bob')
  await bob.goto('/reports?vendor=FANUC')
  const asTable = bob.getByRole('button', { name: `Show as a table: ${questions.throughput}` })
  await asTable.click()
  await expect(tableOf(bob, 'throughput').getByRole('row')).toHaveCount(14)
  await bob.getByRole('button', { name: 'Span of time: Last 12 weeks' }).click()
  await bob.getByRole('button', { name: 'Last 4 weeks' }).click()
  await expect(tableOf(bob, 'throughput').getByRole('row')).toHaveCount(6)
  await expect(bob).toHaveURL(/span=4/)
  await expect(bob).toHaveURL(/table=throughput/)
  await bob.reload()
  await expect(tableOf(bob, 'throughput').getByRole('row')).toHaveCount(6)
  await expect(bob.getByRole('list', { name: 'Filters' })).toContainText('FANUC')
  await expect(bob.getByRole('button', { name: 'Span of time: Last 4 weeks' })).toBeVisible()
  await asTable.press('Enter')
  await expect(tableOf(bob, 'throughput')).toHaveCount(0)
  await expect(bob).not.toHaveURL(/table=/)
})

for (const [size, viewport] of Object.entries(sizes)) {
  test(`how a chart is counted is told beside it, whole: ${size}`, async ({ browser }) => {
    const bob = await pageOf(browser, 'bob', { viewport })
    await bob.goto('/reports')
    await bob.getByRole('button', { name: `How it is counted: ${questions['cycle-time']}` }).click()
    const words = bob.getByText('Without a known start there is no cycle time.')
    await expect(words).toBeVisible()
    const isWhole = await words.evaluate((element) => {
      const panel = element.closest('[popover], [role=dialog]')
      return panel !== null && panel.scrollWidth <= panel.clientWidth
    })
    expect(isWhole).toBe(true)
  })
}

for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing on the reports: ${size}, ${colorScheme}`, async ({ browser }) => {
      const { bob, filter } = await withHistory(browser, { viewport, colorScheme })
      for (const [what, search] of Object.entries({ charts: '', tables: `&${allTables}` })) {
        await bob.goto(`/reports?${filter}${search}`)
        await expect(bob.getByText(/4 submitted and 2 finished/)).toBeVisible()
        if (what === 'charts') await expect(bob.locator('.recharts-surface')).toHaveCount(5)
        else await expect(bob.getByRole('table')).toHaveCount(8)
        await screenshot(bob, `reports-${what}-${size}-${colorScheme}`)
        const { violations } = await new AxeBuilder({ page: bob }).analyze()
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`),
        ).toEqual([])
        const wider = await bob.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(wider).toBeLessThanOrEqual(0)
      }
    })
  }
}
