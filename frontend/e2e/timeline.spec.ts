import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { pageOf, patch, screenshot, submit, test, unique } from './people'

async function assigned(page: Page, title: string, estimatedHours: number): Promise<string> {
  const key = await submit(page, title)
  const people = await (await page.request.get('/api/users?role=ENGINEER')).json()
  const charlie = people.users.find(({ name }: { name: string }) => name === 'Charlie Engineer')
  await patch(page, `${key}/assign`, { engineerId: charlie.id, estimatedHours })
  return key
}

for (const [name, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`open work stands under its engineer, on a ${name}`, async ({ browser }) => {
    const page = await pageOf(browser, 'bob', { viewport })
    const title = unique('Laid').replace(' ', '')
    const key = await assigned(page, title, 24)
    await page.goto(`/timeline?q=${title}&weeks=26`)
    const charlie = page.getByRole('region', { name: 'Charlie Engineer' })
    const bar = charlie.getByRole('link', { name: key })
    await expect(bar).toHaveAccessibleDescription(/Engineering Review.*24 h.*Planned/)
    await expect(charlie.getByText(/of 1,040 h/)).toBeVisible()
    await bar.focus()
    await expect(charlie.getByRole('tooltip').filter({ hasText: key })).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    await screenshot(page, `timeline-${name}`)
    await page.getByLabel('Weeks shown').selectOption('4')
    await expect(page).toHaveURL(/weeks=4/)
    await page.getByLabel('Weeks shown').selectOption('26')
    await bar.press('Enter')
    await page.getByRole('link', { name: 'Back to the timeline' }).click()
    await expect(page).toHaveURL(new RegExp(`/timeline\\?q=${title}`))
  })
}

test('more than fits is said in words, and that nothing matches', async ({ browser }) => {
  const page = await pageOf(browser, 'bob')
  const title = unique('Heavy').replace(' ', '')
  await assigned(page, title, 2000)
  // It may begin after other work; in half a year there is room for 1,040 hours.
  await page.goto(`/timeline?q=${title}&weeks=26`)
  await expect(page.getByText(/Over capacity by [\d,]+ h/)).toBeVisible()
  await page.goto('/timeline?q=nothinghasthisname')
  await expect(page.getByText('Nothing that matches falls into the next')).toBeVisible()
})

test('further engineers come as one scrolls', async ({ browser }) => {
  const page = await pageOf(browser, 'bob')
  const title = unique('Paged').replace(' ', '')
  const { users } = await (await page.request.get('/api/users?role=ENGINEER')).json()
  // Other tests lay more on Charlie than half a year holds.
  const others = users.filter(({ name }: { name: string }) => name !== 'Charlie Engineer')
  expect(others.length).toBeGreaterThan(1)
  for (const { id } of others) {
    const key = await submit(page, title)
    await patch(page, `${key}/assign`, { engineerId: id, estimatedHours: 8 })
  }
  // The server makes pages of one engineer each.
  await page.route('**/api/requests/timeline?*', (route) =>
    route.continue({ url: `${route.request().url()}&limit=1` }),
  )
  await page.goto(`/timeline?q=${title}&weeks=26`)
  for (const { name } of others) await expect(page.getByRole('region', { name })).toBeVisible()
  await expect(page.getByText(`${others.length} found`)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Show more engineers' })).toBeHidden()
})

test('a change by somebody else is asked for where it is seen, and elsewhere when one comes there', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'bob', { viewport: { width: 1440, height: 500 } })
  const title = unique('Far').replace(' ', '')
  const { users } = await (await page.request.get('/api/users?role=ENGINEER')).json()
  const [first, last] = users
    .map(({ name }: { name: string }) => name)
    .filter((name: string) => name !== 'Charlie Engineer')
  const idOf = (name: string) => users.find((one: { name: string }) => one.name === name).id
  const give = async (name: string) => {
    const key = await submit(page, title)
    await patch(page, `${key}/assign`, { engineerId: idOf(name), estimatedHours: 1 })
    return key
  }
  // So much work stands in more rows than are near.
  for (let one = 0; one < 60; one++) await give(first)
  const far = await give(last)
  const asked: (string | null)[] = []
  await page.route('**/api/requests/timeline?*', (route) => {
    asked.push(new URL(route.request().url()).searchParams.get('cursor'))
    return route.continue({ url: `${route.request().url()}&limit=1` })
  })
  await page.goto(`/timeline?q=${title}&weeks=26`)
  const row = (name: string) => page.getByRole('region', { name })
  await expect(page.locator('[data-connection="live"]')).toBeAttached()
  await page.getByRole('button', { name: 'Show more engineers' }).scrollIntoViewIfNeeded()
  await expect(row(last).getByRole('link', { name: far })).toBeVisible()
  await page.getByRole('heading', { name: first }).scrollIntoViewIfNeeded()
  await expect(row(last).getByRole('link', { name: far })).not.toBeInViewport()

  await expect(page.getByText('61 found')).toBeVisible()
  asked.length = 0
  const near = await give(first)
  await patch(page, `${far}/assign`, { engineerId: idOf(last), estimatedHours: 77 })
  await expect(row(first).getByRole('link', { name: near })).toBeAttached()
  // How much there is in all is not known without the other page.
  await expect(page.getByText(/\d found/)).toBeHidden()
  expect(new Set(asked)).toEqual(new Set([null]))
  await row(last).scrollIntoViewIfNeeded()
  await expect(row(last).getByRole('link', { name: far })).toHaveAccessibleDescription(/77 h/)
  await expect(page.getByText('62 found')).toBeVisible()
  // And the near page again, if news of the other came after it.
  expect(asked.some((cursor) => cursor !== null)).toBe(true)
})
