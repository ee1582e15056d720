import { expect, type Page } from '@playwright/test'
import { pageOf, screenshot, submit, test, unique } from './people'

async function signBackIn(page: Page, person: string): Promise<void> {
  await page.getByRole('button', { name: person }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('a comment survives a reload and a closed tab, until it is discarded', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const key = await submit(page, unique('Kept words'))
  await page.goto(`/requests/${key}`)
  await page.getByLabel('Comment').fill('Not ready yet.')
  await expect(page.getByText('Draft kept')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Comment')).toHaveValue('Not ready yet.')
  await page.close()
  const again = await page.context().newPage()
  await again.goto(`/requests/${key}`)
  await expect(again.getByLabel('Comment')).toHaveValue('Not ready yet.')
  await screenshot(again, 'draft-hint')
  await again.getByRole('button', { name: 'Discard draft' }).click()
  await expect(again.getByLabel('Comment')).toHaveValue('')
  await again.reload()
  await expect(again.getByLabel('Comment')).toHaveValue('')
})

test('a new request survives an ended session, and nobody else sees it', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  await page.goto('/requests/new')
  const title = unique('Half a request')
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('Description').fill('Begun.')
  await page.getByLabel('Vendor').fill('ABB')
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Submit request' }).click()
  await expect(page.getByText('Your session has ended.')).toBeVisible()
  await signBackIn(page, 'Bob Manager')
  await expect(page.getByLabel('Title')).toHaveValue('')
  await page.context().clearCookies()
  await page.goto('/requests/new')
  await signBackIn(page, 'Alice User')
  await expect(page.getByLabel('Title')).toHaveValue(title)
  await page.getByRole('button', { name: 'Submit request' }).click()
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
  await page.goto('/requests/new')
  await expect(page.getByLabel('Title')).toHaveValue('')
})

test('a session ended elsewhere is noticed without a click, and an edit goes on', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'alice')
  const key = await submit(page, unique('Edit goes on'))
  await page.goto(`/requests/${key}`)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByLabel('Vendor').fill('KUKA')
  const answer = await page.request.post('/api/auth/logout')
  expect(answer.status()).toBe(204)
  await expect(page.getByText('Your session has ended.')).toBeVisible({ timeout: 20_000 })
  await signBackIn(page, 'Alice User')
  await expect(page.getByLabel('Vendor')).toHaveValue('KUKA')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('vendor: FANUC → KUKA')).toBeVisible()
})

test('an answer that is lost on the way leaves one request and one comment', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'alice')
  const keys = { request: [] as string[], comment: [] as string[] }
  await page.route('**/api/requests', loseFirstAnswer(keys.request))
  await page.route('**/comments', loseFirstAnswer(keys.comment))
  await page.goto('/requests/new')
  const title = unique('Sent twice')
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('Description').fill('Once.')
  await page.getByLabel('Vendor').fill('ABB')
  await page.getByRole('button', { name: 'Submit request' }).click()
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
  await page.getByLabel('Comment').fill('Said once.')
  await page.getByRole('button', { name: 'Add comment' }).click()
  await expect(page.getByLabel('Comment')).toHaveValue('')
  await expect.poll(() => keys.comment.length).toBe(2)
  await page.reload()
  await expect(page.getByText('Said once.')).toHaveCount(1)
  const found = await page.request.get(`/api/requests?q=${encodeURIComponent(title)}`)
  const same = (await found.json()).requests.filter((one: { title: string }) => one.title === title)
  expect(same).toHaveLength(1)
  for (const sent of Object.values(keys)) {
    expect(sent).toHaveLength(2)
    expect(sent[0]).toMatch(/.{16,}/)
    expect(sent[1]).toBe(sent[0])
  }
})

/** The server does the first write and the browser never hears of it. */
function loseFirstAnswer(keys: string[]): Parameters<Page['route']>[1] {
  return async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    keys.push(route.request().headers()['idempotency-key'] ?? '')
    if (keys.length > 1) return route.fallback()
    await route.fetch()
    await route.abort()
  }
}
