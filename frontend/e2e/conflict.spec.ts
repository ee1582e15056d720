import { expect, type Page } from '@playwright/test'
import { inScheme, pageOf, patch, screenshot, submit, test, unique } from './people'

const looks = [
  { size: 'desktop', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { size: 'desktop', viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  { size: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { size: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const

async function edit(page: Page, key: string): Promise<void> {
  await page.goto(`/requests/${key}`)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
}

test('edits of different fields are put together', async ({ browser }) => {
  const [alice, bob] = await Promise.all([pageOf(browser, 'alice'), pageOf(browser, 'bob')])
  const key = await submit(alice, unique('Two hands'))
  await edit(alice, key)
  await alice.getByLabel('Description').fill('More exactly.')
  await patch(bob, key, { vendor: 'Siemens' })
  await alice.getByRole('button', { name: 'Save changes' }).click()
  await expect(alice.getByText('Others changed vendor: kept too.')).toBeVisible()
  await expect(alice.getByText('More exactly.', { exact: true })).toBeVisible()
  await expect(alice.getByText('Siemens', { exact: true })).toBeVisible()
})

test('edits of the same field stand side by side, and the person decides', async ({ browser }) => {
  const [alice, bob] = await Promise.all([pageOf(browser, 'alice'), pageOf(browser, 'bob')])
  const key = await submit(alice, unique('One field'))
  await edit(alice, key)
  await alice.setViewportSize({ width: 390, height: 600 })
  await alice.getByLabel('Vendor').fill('KUKA')
  await alice.getByLabel('Description').fill('Mine.\nWith a second line.')
  await patch(bob, key, { vendor: 'Siemens', description: 'Theirs.' })
  await alice.getByRole('button', { name: 'Save changes' }).click()
  const both = alice.getByRole('alert')
  await expect(both.getByText('Bob Manager')).toHaveCount(2)
  await expect(both.getByText('Siemens')).toBeInViewport()
  await expect(both.getByText('KUKA')).toBeVisible()
  for (const { size, viewport, colorScheme } of looks) {
    await alice.setViewportSize(viewport)
    await inScheme(alice, colorScheme)
    await screenshot(alice, `conflict-${size}-${colorScheme}`)
  }
  const vendor = alice.getByLabel('Vendor')
  await both.getByRole('button', { name: 'Use theirs' }).last().click()
  await expect(vendor).toHaveValue('Siemens')
  await both.getByRole('button', { name: 'Use mine' }).last().click()
  await expect(vendor).toHaveValue('KUKA')
  await both.getByRole('button', { name: 'Use theirs' }).first().click()
  await alice.getByRole('button', { name: 'Save mine anyway' }).click()
  await expect(alice.getByText('vendor: Siemens → KUKA')).toBeVisible()
  const { request } = await (await alice.request.get(`/api/requests/${key}`)).json()
  expect(request).toMatchObject({ vendor: 'KUKA', description: 'Theirs.' })
})

test('a move that somebody else has overtaken keeps the reason and offers what is open', async ({
  browser,
}) => {
  const [alice, bob, dave] = await Promise.all([
    pageOf(browser, 'alice'),
    pageOf(browser, 'bob'),
    pageOf(browser, 'dave'),
  ])
  const key = await submit(alice, unique('Overtaken'))
  await patch(bob, `${key}/status`, { status: 'Feasibility Review' })
  await bob.route('**/api/events', (route) => route.abort())
  await bob.goto(`/requests/${key}`)
  await bob.getByRole('button', { name: 'Deny', exact: true }).click()
  await bob.getByLabel('Reason').fill('Out of our reach.')
  await patch(dave, `${key}/status`, { status: 'Resource Allocation' })
  await bob.getByRole('dialog').getByRole('button', { name: 'Deny', exact: true }).click()
  await expect(
    bob.getByText(/It is now Resource Allocation, changed by (?!somebody)/),
  ).toBeVisible()
  await expect(bob.getByLabel('Reason')).toHaveValue('Out of our reach.')
  const { request } = await (await bob.request.get(`/api/requests/${key}`)).json()
  expect(request.status).toBe('Resource Allocation')
})

test('a move shows at once where it goes, and is taken back when it is refused', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'bob')
  const key = await submit(page, unique('Taken back'))
  await page.goto(`/requests/${key}`)
  let refuse = () => {}
  const held = new Promise<void>((resolve) => {
    refuse = resolve
  })
  await page.route('**/status', async (route) => {
    await held
    await route.fulfill({ status: 403, json: { title: 'No', detail: 'Not for you today.' } })
  })
  const region = page.getByRole('region', { name: 'Status' })
  await page.getByRole('button', { name: 'Start review', exact: true }).click()
  await expect(region.getByText('Feasibility Review')).toBeVisible()
  await expect(region.getByText('saving …')).toBeVisible()
  refuse()
  await expect(page.getByText('Not for you today.')).toBeVisible()
  await expect(region.getByText('Submitted')).toBeVisible()
})
