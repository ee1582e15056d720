import AxeBuilder from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { inScheme, pageOf, patch, screenshot, submit, test, unique } from './people'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

test('the list tells due dates and tags, sorts by one and filters by both', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const word = unique('Due').replace(' ', '')
  const tag = word.toLowerCase()
  await submit(page, `${word} late`, { dueDate: inDays(-3), tags: [tag, 'weld'] })
  await submit(page, `${word} soon`, { dueDate: inDays(4) })
  await submit(page, `${word} open`)
  await submit(page, `${word} far`, { dueDate: inDays(60), tags: [tag] })
  const titles = page.getByRole('link', { name: new RegExp(`^${word}`) })
  await page.goto(`/requests?q=${word}`)
  await expect(titles).toHaveCount(4)
  await page.getByRole('button', { name: 'Due', exact: true }).click()
  await expect(titles).toHaveText([/late/, /soon/, /far/, /open/])
  await expect(page.getByRole('row', { name: /late/ })).toContainText('overdue')
  await expect(page.getByRole('row', { name: /late/ })).toContainText('weld')

  const filter = async (name: string) => {
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
  }
  await filter('Overdue')
  await page.getByRole('checkbox', { name: 'Overdue', exact: true }).check()
  await page.keyboard.press('Escape')
  await expect(titles).toHaveText([/late/])
  await page.getByRole('button', { name: 'Clear all' }).click()
  await filter('Due date')
  await page.getByRole('button', { name: 'In the next 7 days' }).click()
  await page.keyboard.press('Escape')
  await expect(titles.filter({ hasText: 'soon' })).toBeVisible()
  await expect(titles).toHaveCount(1)
  await page.goto(`/requests?tag=${tag}&sort=dueDate`)
  await expect(titles).toHaveText([/late/, /far/])
  await expect(page.getByRole('list', { name: 'Filters' })).toContainText(`Tag is ${tag}`)
  await page.goto(`/requests?q=${word}&watching=false`)
  await expect(page.getByRole('list', { name: 'Filters' })).toContainText('Watched by others')
  await expect(titles).toHaveCount(0)
})

test('a day of another year has its room in the list', async ({ browser }) => {
  const page = await pageOf(browser, 'bob', { viewport: { width: 1440, height: 900 } })
  const word = unique('Year').replace(' ', '')
  const year = new Date().getFullYear()
  await submit(page, `${word} late`, { dueDate: `${year - 1}-09-30` })
  await submit(page, `${word} far`, { dueDate: `${year + 1}-09-30` })
  await page.goto(`/requests?q=${word}`)
  for (const [end, day] of [
    ['late', `30 Sept ’${(year - 1) % 100}`],
    ['far', `30 Sept ’${(year + 1) % 100}`],
  ] as const) {
    const cell = page
      .getByRole('row', { name: new RegExp(end) })
      .getByRole('cell')
      .filter({
        hasText: day,
      })
    await expect(cell).toBeVisible()
    const room = await cell.evaluate((one) => {
      const padding = Number.parseFloat(getComputedStyle(one).paddingRight)
      const due = one.firstElementChild?.getBoundingClientRect().right ?? Number.NaN
      return one.getBoundingClientRect().right - padding - due
    })
    expect(room).toBeGreaterThanOrEqual(0)
  }
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const colorScheme of ['light', 'dark'] as const) {
      await inScheme(page, colorScheme)
      await expect(page.getByText(`30 Sept ’${(year + 1) % 100}`)).toBeInViewport({ ratio: 1 })
      await screenshot(page, `due-year-${width}-${colorScheme}`)
    }
  }
})

for (const [name, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`due dates and tags in list and board on a ${name}`, async ({ browser }) => {
    const page = await pageOf(browser, 'bob', { viewport })
    const word = unique('Gripper').replace(' ', '')
    await submit(page, `${word} with a title that is a good deal longer than there is room for`, {
      dueDate: inDays(-3),
      tags: ['spot welding', 'line 3', 'vc', 'station 40'],
    })
    await submit(page, `${word} short`, { dueDate: inDays(4), tags: ['vc'] })
    for (const path of ['requests', 'board']) {
      await page.goto(`/${path}?q=${word}`)
      await expect(page.getByRole('link', { name: `${word} short` })).toBeVisible()
      for (const colorScheme of ['light', 'dark'] as const) {
        await inScheme(page, colorScheme)
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
        await screenshot(page, `due-${path}-${name}-${colorScheme}`)
      }
    }
  })
}

test('a row on a phone says whether its time is the due date or the last change', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'bob', { viewport: { width: 390, height: 844 } })
  const word = unique('Told').replace(' ', '')
  await submit(page, `${word} late`, { dueDate: inDays(-3) })
  await submit(page, `${word} soon`, { dueDate: inDays(4) })
  const far = await submit(page, `${word} some day`)
  await patch(page, `${far}/status`, { status: 'Feasibility Review' })
  await page.goto(`/requests?q=${word}`)
  const row = (end: string) => page.getByRole('listitem').filter({ hasText: `${word} ${end}` })
  await expect(row('late')).toContainText(/due .*overdue/)
  await expect(row('soon')).toContainText(/due /)
  await expect(row('some day')).toContainText('changed just now')
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await inScheme(page, colorScheme)
      await expect(row('some day').getByText('changed just now')).toBeInViewport({ ratio: 1 })
      await screenshot(page, `row-times-${width}-${colorScheme}`)
    }
  }
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
})
