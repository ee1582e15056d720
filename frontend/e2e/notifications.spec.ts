import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { inScheme, pageOf, patch, screenshot, submit, test, unique } from './people'

/** Dave asks for nothing in other tests, so nobody else tells him anything. */
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

// In parallel what he is told could not be counted.
test.describe.configure({ mode: 'serial' })

test('the bell counts live what one is told, and each leads to what was said', async ({
  browser,
}) => {
  const dave = await pageOf(browser, 'dave')
  const bob = await pageOf(browser, 'bob')
  const key = await submit(dave, unique('Told'))
  await dave.request.post('/api/notifications/read')
  await dave.goto('/')
  await expect(bell(dave)).toBeVisible()
  await expect(bell(dave)).not.toContainText('unread')
  await patch(bob, `${key}/status`, { status: 'Feasibility Review' })
  await expect(bell(dave)).toContainText('1 unread')
  for (let line = 0; line < 12; line++) await say(bob, key, `Line ${line} of a long talk.`)
  await say(bob, key, 'Please look, @Dave Admin.')
  await expect(bell(dave)).toContainText('14 unread')

  await bell(dave).click()
  await expect(dave.getByRole('heading', { name: 'Notifications', level: 1 })).toBeVisible()
  await entry(dave, key).getByRole('link', { name: 'Bob Manager mentioned you' }).click()
  await expect(dave.getByText('Please look,')).toBeInViewport()
  await expect(bell(dave)).toContainText('13 unread')
  await dave.getByRole('link', { name: 'Back to the notifications' }).click()

  await entry(dave, key)
    .filter({ hasText: 'started the review' })
    .getByRole('button', { name: 'Mark as read' })
    .click()
  await expect(bell(dave)).toContainText('12 unread')
  await dave.getByRole('button', { name: 'Unread', exact: true }).click()
  await expect(entry(dave, key)).toHaveCount(12)
  await dave.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(dave.getByText('You have read everything.')).toBeVisible()
  await expect(bell(dave)).not.toContainText('unread')
  expect(await unread(dave)).toBe(0)
})

test('who watches no more is told no more', async ({ browser }) => {
  const dave = await pageOf(browser, 'dave')
  const bob = await pageOf(browser, 'bob')
  const key = await submit(dave, unique('Silent'))
  await dave.request.post('/api/notifications/read')
  await dave.goto(`/requests/${key}`)
  // The wish shows at once, and counts when the server has it.
  const stopped = dave.waitForResponse((answer) => answer.request().method() === 'DELETE')
  await dave.getByRole('button', { name: 'Stop watching' }).click()
  expect((await stopped).ok()).toBe(true)
  await expect(dave.getByRole('button', { name: 'Watch', exact: true })).toBeVisible()
  await say(bob, key, 'Nobody hears this.')
  await expect(dave.getByText('Nobody hears this.')).toBeVisible()
  await expect(bell(dave)).not.toContainText('unread')
})

for (const [name, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['narrow', { width: 1000, height: 800 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`the notifications on a ${name} screen are accessible`, async ({ browser }) => {
    const dave = await pageOf(browser, 'dave', { viewport })
    const bob = await pageOf(browser, 'bob')
    const key = await submit(dave, unique('Weld gun clearance at station 40'))
    await patch(bob, `${key}/status`, { status: 'Feasibility Review' })
    await say(bob, key, 'Please look, @Dave Admin.')
    await dave.goto('/notifications')
    await expect(entry(dave, key)).toHaveCount(2)
    await expect(bell(dave)).toContainText('unread')
    for (const colorScheme of ['light', 'dark'] as const) {
      await inScheme(dave, colorScheme)
      expect((await new AxeBuilder({ page: dave }).analyze()).violations).toEqual([])
      await screenshot(dave, `notifications-${name}-${colorScheme}`)
    }
  })
}
