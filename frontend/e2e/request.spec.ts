import { expect } from '@playwright/test'
import { pageOf, patch, screenshot, submit, test, unique } from './people'

test('what the server refuses stands at its field, and nothing typed is lost', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'alice')
  await page.goto('/requests/new')
  await page.getByLabel('Description').fill('Typed once.')
  await page.getByLabel('Vendor').fill('v'.repeat(101))
  await page.getByRole('button', { name: 'Submit request' }).click()
  await expect(page.getByLabel('Title')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('Vendor')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('Title')).toHaveAccessibleDescription(/.{5,}/)
  await expect(page.getByLabel('Description')).toHaveValue('Typed once.')
  await expect(page.getByLabel('Description')).not.toHaveAttribute('aria-invalid', 'true')
  await screenshot(page, 'field-errors')
})

test('an assignment without hours is refused at the field', async ({ browser }) => {
  const page = await pageOf(browser, 'bob')
  const key = await submit(page, unique('Gripper load'))
  await page.goto(`/requests/${key}`)
  await page.getByRole('button', { name: 'Assign', exact: true }).click()
  await page.getByLabel('Engineer').selectOption('Charlie Engineer')
  await page.getByLabel('Estimated hours').fill('0')
  await page.getByRole('button', { name: 'Assign', exact: true }).click()
  await expect(page.getByLabel('Estimated hours')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByRole('dialog')).toBeVisible()
})

test('an internal comment is marked for the team and absent for the requester', async ({
  browser,
}) => {
  const [alice, bob] = await Promise.all([pageOf(browser, 'alice'), pageOf(browser, 'bob')])
  const key = await submit(alice, unique('Fixture stiffness'))
  await bob.goto(`/requests/${key}`)
  await bob.getByLabel('Comment').fill('Margin is thin here.')
  await bob.getByRole('switch', { name: 'Internal: requesters cannot read it' }).check()
  await expect(bob.getByText('Engineers and managers will read this.')).toBeVisible()
  await bob.getByLabel('Comment').press('Control+Enter')
  const entry = bob.getByRole('listitem').filter({ hasText: 'Margin is thin here.' })
  await expect(entry.getByText('Internal', { exact: true })).toBeVisible()
  await expect(bob.getByRole('button', { name: 'Add comment' })).toBeEnabled()
  await expect(bob.getByLabel('Comment')).toHaveValue('')
  await screenshot(bob, 'internal-comment')

  await alice.goto(`/requests/${key}`)
  await expect(alice.getByText('submitted the request')).toBeVisible()
  await expect(alice.getByText('Margin is thin here.')).toHaveCount(0)
  await expect(alice.getByText('Internal')).toHaveCount(0)
  await expect(alice.getByText('wrote a comment')).toHaveCount(0)
})

test('a comment that could not be sent stays in its field', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const key = await submit(page, unique('Robot placement'))
  await page.goto(`/requests/${key}`)
  await page.route('**/comments', (route) => route.abort())
  await page.getByLabel('Comment').fill('A long thought.')
  await page.getByRole('button', { name: 'Add comment' }).click()
  await expect(page.getByText('The server cannot be reached')).toBeVisible()
  await expect(page.getByLabel('Comment')).toHaveValue('A long thought.')
})

test('who edits an old version sees what is there now and keeps the own text', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'alice')
  const key = await submit(page, unique('Throughput'))
  await page.goto(`/requests/${key}`)
  await page.getByRole('button', { name: 'Edit' }).click()
  await page.getByLabel('Vendor').fill('KUKA')
  await patch(page, key, { vendor: 'Siemens' })
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Somebody else changed this request')).toBeVisible()
  await expect(page.getByRole('alert').getByText('Siemens')).toBeVisible()
  await expect(page.getByLabel('Vendor')).toHaveValue('KUKA')
  await page.getByRole('button', { name: 'Save mine anyway' }).click()
  await expect(page.getByText('vendor: Siemens → KUKA')).toBeVisible()
})

test('what others may do is shown with the reason, and does nothing', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const key = await submit(page, unique('Press line'))
  await page.goto(`/requests/${key}`)
  const button = page.getByRole('button', { name: 'Start review', exact: true })
  await expect(button).toBeDisabled()
  await expect(button).toHaveAccessibleDescription(/manager/)
})

test('a move that is no longer possible says so and shows where the request is', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'bob')
  const key = await submit(page, unique('Paint shop'))
  // Without live events the page cannot know better before it asks.
  await page.route('**/api/events', (route) => route.abort())
  await page.goto(`/requests/${key}`)
  await expect(page.getByRole('button', { name: 'Start review', exact: true })).toBeVisible()
  await patch(page, `${key}/status`, { status: 'Feasibility Review' })
  await page.getByRole('button', { name: 'Start review', exact: true }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeVisible()
})
