import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { pageOf, patch, screenshot, submit, unique } from './people'

/** The bell of somebody whom nobody else tells anything. */
const bell = (page: Page) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Notifications/ })

const entry = (page: Page, key: string) => page.getByRole('listitem').filter({ hasText: key })

async function say(page: Page, key: string, content: string): Promise<void> {
  const answer = await page.request.post(`/api/requests/${key}/comments`, { data: { content } })
  expect(answer.ok()).toBe(true)
}

async function unread(page: Page): Promise<number> {
  const answer = await page.request.get('/api/notifications?unread=true&limit=1')
  return (await answer.json()).unread
}

// One person is told of all that happens here: in parallel they could not be counted.
test.describe.configure({ mode: 'serial' })

test('the bell counts live what one is told, and each leads to what was said', async ({
  browser,
}) => {
  const charlie = await pageOf(browser, 'charlie')
  const bob = await pageOf(browser, 'bob')
  const key = await submit(charlie, unique('Told'))
  await charlie.request.post('/api/notifications/read')
  await charlie.goto('/')
  await expect(bell(charlie)).toBeVisible()
  await expect(bell(charlie)).not.toContainText('unread')
  await patch(bob, `${key}/status`, { status: 'Feasibility Review' })
  await expect(bell(charlie)).toContainText('1 unread')
  for (let line = 0; line < 12; line++) await say(bob, key, `Line ${line} of a long talk.`)
  await say(bob, key, 'Please look, @Charlie Engineer.')
  await expect(bell(charlie)).toContainText('14 unread')

  await bell(charlie).click()
  await expect(charlie.getByRole('heading', { name: 'Notifications', level: 1 })).toBeVisible()
  await entry(charlie, key).getByRole('link', { name: 'Bob Manager mentioned you' }).click()
  await expect(charlie.getByText('Please look,')).toBeInViewport()
  await expect(bell(charlie)).toContainText('13 unread')
  await charlie.getByRole('link', { name: 'Back to the notifications' }).click()

  await entry(charlie, key)
    .filter({ hasText: 'started the review' })
    .getByRole('button', { name: 'Mark as read' })
    .click()
  await expect(bell(charlie)).toContainText('12 unread')
  await charlie.getByRole('button', { name: 'Unread', exact: true }).click()
  await expect(entry(charlie, key)).toHaveCount(12)
  await charlie.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(charlie.getByText('You have read everything.')).toBeVisible()
  await expect(bell(charlie)).not.toContainText('unread')
  expect(await unread(charlie)).toBe(0)
})

test('who watches no more is told no more', async ({ browser }) => {
  const charlie = await pageOf(browser, 'charlie')
  const bob = await pageOf(browser, 'bob')
  const key = await submit(charlie, unique('Silent'))
  await charlie.request.post('/api/notifications/read')
  await charlie.goto(`/requests/${key}`)
  await charlie.getByRole('button', { name: 'Stop watching' }).click()
  await expect(charlie.getByRole('button', { name: 'Watch', exact: true })).toBeVisible()
  await say(bob, key, 'Nobody hears this.')
  await expect(charlie.getByText('Nobody hears this.')).toBeVisible()
  await expect(bell(charlie)).not.toContainText('unread')
})

for (const [name, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['narrow', { width: 1000, height: 800 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`the notifications on a ${name} screen are accessible`, async ({ browser }) => {
    const charlie = await pageOf(browser, 'charlie', { viewport })
    const bob = await pageOf(browser, 'bob')
    const key = await submit(charlie, unique('Weld gun clearance at station 40'))
    await patch(bob, `${key}/status`, { status: 'Feasibility Review' })
    await say(bob, key, 'Please look, @Charlie Engineer.')
    await charlie.goto('/notifications')
    await expect(entry(charlie, key)).toHaveCount(2)
    await expect(bell(charlie)).toContainText('unread')
    for (const colorScheme of ['light', 'dark'] as const) {
      await charlie.emulateMedia({ colorScheme })
      expect((await new AxeBuilder({ page: charlie }).analyze()).violations).toEqual([])
      await screenshot(charlie, `notifications-${name}-${colorScheme}`)
    }
  })
}
