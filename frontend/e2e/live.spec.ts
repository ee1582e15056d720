import { expect, type Page } from '@playwright/test'
import { pageOf, patch, screenshot, submit, test, unique } from './people'

const word = (title: string) => unique(title).replace(' ', '')

async function live(page: Page): Promise<void> {
  await expect(page.locator('[data-connection="live"]')).toBeAttached()
}

async function comment(page: Page, key: string, content: string, internal = false): Promise<void> {
  const answer = await page.request.post(`/api/requests/${key}/comments`, {
    data: { content, internal },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
}

const status = (page: Page, text: string) =>
  page.getByRole('region', { name: 'Status' }).getByText(text)

test('list and counts follow what others do', async ({ browser }) => {
  const [alice, bob] = await Promise.all([pageOf(browser, 'alice'), pageOf(browser, 'bob')])
  const name = word('Follow')
  await bob.goto(`/requests?q=${name}`)
  await expect(bob.getByText('0 found')).toBeVisible()
  await live(bob)
  const key = await submit(alice, name)
  const row = bob.getByRole('row').filter({ hasText: key })
  await expect(row).toBeVisible()
  await expect(bob.getByText('1 found')).toBeVisible()
  await patch(bob, `${key}/status`, { status: 'Feasibility Review' })
  await expect(row.getByText('Feasibility Review')).toBeVisible()
  await expect(row).toHaveAttribute('data-changed', /./)
})

test('a first visit asks once, and misses nothing of what happens before it is live', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'bob')
  const name = word('Between')
  const key = await submit(page, name)
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (/^.api.(requests|notifications)/.test(pathname)) asked.push(pathname)
  })
  const row = page.getByRole('row').filter({ hasText: key })
  // Other tests change something meanwhile, and then it is right to ask again.
  await expect(async () => {
    asked.length = 0
    await page.goto(`/requests?q=${name}`)
    await live(page)
    await expect(row).toBeVisible()
    // What the first word of the stream brings about has been asked for by then.
    await page.waitForTimeout(600)
    expect(asked.sort()).toEqual([...new Set(asked)].sort())
  }).toPass({ timeout: 20_000 })

  let letThrough = () => {}
  const held = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  await page.route('**/api/events', async (route) => {
    await held
    await route.continue()
  })
  await page.reload()
  await expect(row.getByText('Submitted')).toBeVisible()
  await patch(page, `${key}/status`, { status: 'Feasibility Review' })
  letThrough()
  await expect(row.getByText('Feasibility Review')).toBeVisible()
})

test('rows stay where they are while the pointer is over them', async ({ browser }) => {
  const [alice, bob] = await Promise.all([pageOf(browser, 'alice'), pageOf(browser, 'bob')])
  const name = word('Still')
  const first = await submit(alice, name)
  await bob.goto(`/requests?q=${name}`)
  await live(bob)
  const rows = bob.getByRole('table').locator('tbody tr[data-index]')
  await rows.first().hover()
  await submit(alice, name)
  await patch(bob, `${first}/status`, { status: 'Feasibility Review' })
  await expect(bob.getByText('2 found')).toBeVisible()
  await expect(rows.first().getByText('Feasibility Review')).toBeVisible()
  await expect(rows).toHaveCount(1)
  await expect(bob.getByText('1 change')).toBeVisible()
  await screenshot(bob, 'list-held')
  await bob.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(rows).toHaveCount(2)
})

test('detail and timeline follow three people, and internal words stay inside', async ({
  browser,
}) => {
  const [alice, bob, dave] = await Promise.all([
    pageOf(browser, 'alice'),
    pageOf(browser, 'bob'),
    pageOf(browser, 'dave'),
  ])
  const key = await submit(alice, unique('Three at once'))
  await Promise.all([alice, bob].map((page) => page.goto(`/requests/${key}`)))
  await Promise.all([alice, bob].map(live))
  const told: string[] = []
  alice.on('response', async (answer) => {
    if (answer.url().includes(key)) told.push(await answer.text().catch(() => ''))
  })
  await bob.getByRole('button', { name: 'Start review', exact: true }).click()
  await expect(status(alice, 'Feasibility Review')).toBeVisible()
  await expect(alice.getByText('started the review')).toBeVisible()
  await comment(dave, key, 'Not for the requester.', true)
  await expect(bob.getByText('Not for the requester.')).toBeVisible()
  // What comes after it has come: so it was not merely slow.
  await comment(dave, key, 'For everybody.')
  await expect(alice.getByText('For everybody.')).toBeVisible()
  await expect(alice.getByText('Not for the requester.')).toHaveCount(0)
  expect(told.join()).toContain('For everybody.')
  expect(told.join()).not.toContain('Not for the requester.')
})

test('a lost connection is said, and nothing that happened meanwhile is missed', async ({
  browser,
}) => {
  const [alice, bob] = await Promise.all([pageOf(browser, 'alice'), pageOf(browser, 'bob')])
  const key = await submit(alice, unique('Lost and back'))
  await alice.goto(`/requests/${key}`)
  // Its code is fetched apart, and in the tunnel it would not come.
  await expect(alice.getByLabel('Comment')).toBeVisible()
  await live(alice)
  await alice.context().setOffline(true)
  await expect(alice.getByText('You are offline.')).toBeVisible()
  await screenshot(alice, 'offline')
  await patch(bob, `${key}/status`, { status: 'Feasibility Review' })
  await alice.getByLabel('Comment').fill('Written in the tunnel.')
  await alice.getByRole('button', { name: 'Add comment' }).click()
  await expect(alice.getByText('Waits for the connection')).toBeVisible()
  await alice.context().setOffline(false)
  await live(alice)
  await expect(alice.getByText('You are offline.')).toHaveCount(0)
  await expect(status(alice, 'Feasibility Review')).toBeVisible()
  await expect(alice.getByText('Waits for the connection')).toHaveCount(0)
  await bob.goto(`/requests/${key}`)
  await expect(bob.getByText('Written in the tunnel.')).toHaveCount(1)
})

test('a stream that cannot be reached is said, and is resumed from where it was', async ({
  browser,
}) => {
  const [alice, bob] = await Promise.all([pageOf(browser, 'alice'), pageOf(browser, 'bob')])
  const key = await submit(alice, unique('Interrupted'))
  const resumed: (string | undefined)[] = []
  await alice.goto(`/requests/${key}`)
  await live(alice)
  await alice.route('**/api/events', (route) => route.abort())
  await alice.evaluate(() => window.dispatchEvent(new Event('offline')))
  await expect(alice.getByText('Live updates are interrupted; trying again.')).toBeVisible()
  await patch(bob, `${key}/status`, { status: 'Feasibility Review' })
  // It may try again by itself at any moment: whichever gets through is among these.
  alice.on('request', (request) => {
    if (request.url().endsWith('/api/events')) resumed.push(request.headers()['last-event-id'])
  })
  await alice.unroute('**/api/events')
  await alice.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(status(alice, 'Feasibility Review')).toBeVisible()
  await expect(alice.getByText('Live updates are interrupted')).toHaveCount(0)
  expect(resumed.length).toBeGreaterThan(0)
  for (const id of resumed) expect(id).toMatch(/^\d+\.\d+$/)
})

test('who loses sight of a request is told, and keeps what was typed', async ({ browser }) => {
  const [alice, bob, charlie] = await Promise.all([
    pageOf(browser, 'alice'),
    pageOf(browser, 'bob'),
    pageOf(browser, 'charlie'),
  ])
  const key = await submit(alice, unique('Passed on'))
  const people = await (await bob.request.get('/api/users?role=ENGINEER')).json()
  const me = people.users.find(({ name }: { name: string }) => name === 'Charlie Engineer')
  for (const to of ['Feasibility Review', 'Resource Allocation'])
    await patch(bob, `${key}/status`, { status: to })
  await patch(bob, `${key}/assign`, { engineerId: me.id, estimatedHours: 8 })
  await charlie.goto(`/requests/${key}`)
  await live(charlie)
  await charlie.getByRole('button', { name: 'Accept work', exact: true }).click()
  await expect(status(charlie, 'In Progress')).toBeVisible()
  await charlie.getByLabel('Comment').fill('Half a thought.')
  await patch(bob, `${key}/status`, { status: 'Resource Allocation', reason: 'Other work.' })
  await expect(charlie.getByText(`You can no longer see ${key}`)).toBeVisible()
  await expect(charlie.getByText('Half a thought.')).toBeVisible()
})
