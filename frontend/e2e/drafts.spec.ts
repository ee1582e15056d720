import { expect, type Page } from '@playwright/test'
import { inScheme, pageOf, patch, screenshot, submit, test, unique } from './people'

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
  const looked = page.waitForResponse('**/api/requests/similar?**')
  await page.getByLabel('Description').fill('Begun.')
  await page.getByLabel('Vendor').fill('ABB')
  // What is asked beside the typing would notice the end before the click does.
  await looked
  await expect(page.getByText('Draft saved')).toBeVisible()
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
  const add = page.getByRole('button', { name: 'Add comment' })
  await add.click()
  await expect.poll(() => keys.comment.length).toBe(2)
  // The field is empty on the way too; the draft goes only with the answer.
  await expect(add).toBeEnabled()
  await page.reload()
  await expect(page.getByLabel('Comment')).toHaveValue('')
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

const openStatus = (page: Page) => page.getByRole('region', { name: 'Status', exact: true })

test('a reason and an assignment wait behind their buttons until they are sent or discarded', async ({
  browser,
}) => {
  const [alice, bob] = await Promise.all([pageOf(browser, 'alice'), pageOf(browser, 'bob')])
  const key = await submit(alice, unique('Half a reason'))
  const press = async (name: string) => {
    await openStatus(bob).getByRole('button', { name, exact: true }).click()
    return bob.getByRole('dialog')
  }
  await bob.goto(`/requests/${key}`)
  await press('Deny')
  await bob.getByLabel('Reason').fill('Out of our reach.')
  await expect(bob.getByText('Draft kept')).toBeVisible()
  await bob.reload()
  await press('Cancel request')
  await expect(bob.getByLabel('Reason')).toHaveValue('')
  await bob.keyboard.press('Escape')
  const denial = await press('Deny')
  await expect(bob.getByLabel('Reason')).toHaveValue('Out of our reach.')
  await screenshot(bob, 'draft-reason')
  await bob.getByRole('button', { name: 'Discard draft' }).click()
  await expect(bob.getByLabel('Reason')).toHaveValue('')
  await denial.getByRole('button', { name: 'Back' }).click()

  await press('Assign')
  await bob.getByLabel('Engineer').selectOption('Charlie Engineer')
  await bob.getByLabel('Estimated hours').fill('13')
  await bob.reload()
  const assigning = await press('Assign')
  await expect(bob.getByLabel('Engineer').locator('option:checked')).toHaveText('Charlie Engineer')
  await expect(bob.getByLabel('Estimated hours')).toHaveValue('13')
  await assigning.getByRole('button', { name: 'Assign', exact: true }).click()
  await expect(assigning).toHaveCount(0)
  await bob.reload()
  await press('Assign')
  await expect(bob.getByText('Draft kept')).toHaveCount(0)
  await expect(bob.getByLabel('Estimated hours')).toHaveValue('13')
})

test('simulation data, criteria and results go on where they were left', async ({ browser }) => {
  const [alice, bob] = await Promise.all([pageOf(browser, 'alice'), pageOf(browser, 'bob')])
  const { users } = await (await bob.request.get('/api/users?role=ENGINEER')).json()
  const engineer = users.find((one: { email: string }) => one.email === 'charlie@simflow.local')
  const { studyTypes } = await (await alice.request.get('/api/study-types')).json()
  const type = studyTypes.find(
    (one: { active: boolean; fields: { kind: string; vendor: string | null }[] }) =>
      one.active && one.fields.some(({ kind, vendor }) => kind === 'text' && !vendor),
  )
  const field = type.fields.find(
    (one: { kind: string; vendor: string | null }) => one.kind === 'text' && !one.vendor,
  )
  const key = await submit(alice, unique('Half the data'))
  const page = await pageOf(browser, 'bob')
  await page.goto(`/requests/${key}`)
  await page.getByRole('button', { name: 'Choose a type of study' }).click()
  await page.getByLabel('Type of study').selectOption(type.name)
  await page.getByLabel(field.label).fill('Half a value')
  await page.getByRole('button', { name: 'Add a criterion' }).click()
  const criteria = page.getByRole('region', { name: 'Acceptance criteria' })
  await criteria.getByRole('textbox', { name: 'Criterion' }).fill('Half a criterion')
  await criteria.getByLabel('Target').fill('12')
  await page.reload()
  await expect(page.getByLabel('Type of study')).toHaveValue(type.id)
  await expect(page.getByLabel(field.label)).toHaveValue('Half a value')
  await expect(criteria.getByRole('textbox', { name: 'Criterion' })).toHaveValue('Half a criterion')
  await expect(criteria.getByLabel('Target')).toHaveValue('12')
  await expect(page.getByText('Draft kept')).toHaveCount(2)
  await screenshot(page, 'draft-data')
  const data = page.getByRole('region', { name: 'Simulation data' })
  await data.getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('button', { name: 'Add criterion' }).click()
  await expect(criteria.getByRole('rowheader', { name: /Half a criterion/ })).toBeVisible()
  await page.reload()
  await expect(criteria.getByRole('rowheader', { name: /Half a criterion/ })).toBeVisible()
  await expect(page.getByText('Draft kept')).toHaveCount(0)
  await expect(data.getByRole('button', { name: 'Choose a type of study' })).toBeVisible()

  // A change of that criterion, and then its result.
  await criteria.getByRole('button', { name: /^Change the criterion/ }).click()
  await criteria.getByLabel('Target').fill('13')
  await page.reload()
  await expect(criteria.getByLabel('Target')).toHaveValue('13')
  await page.getByRole('button', { name: 'Save criterion' }).click()
  await expect(criteria.getByRole('cell', { name: /13/ })).toBeVisible()
  await patch(bob, `${key}/assign`, { engineerId: engineer.id, estimatedHours: 8 })
  const charlie = await pageOf(browser, 'charlie')
  expect((await charlie.request.post(`/api/requests/${key}/criteria/agree`)).ok()).toBe(true)
  expect((await alice.request.post(`/api/requests/${key}/criteria/agree`)).ok()).toBe(true)
  await patch(charlie, `${key}/status`, { status: 'In Progress' })
  await charlie.goto(`/requests/${key}`)
  const record = charlie.getByRole('button', { name: /^Record a result/ })
  await record.click()
  await charlie.getByLabel('Measured value').fill('11')
  await charlie.reload()
  await expect(charlie.getByLabel('Measured value')).toHaveValue('11')
  await charlie.getByRole('button', { name: 'Save result' }).click()
  await expect(charlie.getByText('Passed', { exact: true })).toBeVisible()
  await charlie.reload()
  await expect(record).toBeVisible()
})

for (const [size, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`two windows with one draft do not write over each other on a ${size}`, async ({
    browser,
  }) => {
    const first = await pageOf(browser, 'bob', { viewport })
    const key = await submit(first, unique('Two windows'))
    const second = await first.context().newPage()
    const typeIn = (page: Page, words: string) => page.getByLabel('Comment').fill(words)
    // Windows are processes, and what one writes reaches the other's store a moment later.
    const untilItHas = (page: Page, words: string) =>
      page.waitForFunction(
        (text) => Object.values(localStorage).some((one) => one.includes(text)),
        `"${words}"`,
      )
    // Who opens the page once there is a draft goes on from it, and is told nothing.
    for (const page of [first, second]) {
      await page.goto(`/requests/${key}`)
      await expect(page.getByLabel('Comment')).toHaveValue('')
    }
    await typeIn(first, 'Of the first window.')
    await expect(first.getByText('Draft kept')).toBeVisible()
    await untilItHas(second, 'Of the first window.')
    await typeIn(second, 'Of the second window.')
    await expect(second.getByText('changed in another window')).toBeVisible()
    await expect(second.getByText('Draft kept')).toHaveCount(0)
    for (const colorScheme of ['light', 'dark'] as const) {
      await inScheme(second, colorScheme)
      await second.getByRole('button', { name: 'Keep what is here' }).scrollIntoViewIfNeeded()
      await screenshot(second, `two-windows-${size}-${colorScheme}`)
    }
    // What the first one has written is still what a reload brings back.
    await first.reload()
    await expect(first.getByLabel('Comment')).toHaveValue('Of the first window.')
    await second.getByRole('button', { name: 'Keep what is here' }).click()
    await expect(second.getByText('Draft kept')).toBeVisible()
    await untilItHas(first, 'Of the second window.')
    await typeIn(first, 'Of the first window, more.')
    await expect(first.getByText('changed in another window')).toBeVisible()
    await first.getByRole('button', { name: 'Take the other one' }).click()
    await expect(first.getByLabel('Comment')).toHaveValue('Of the second window.')
    await expect(first.getByText('Draft kept')).toBeVisible()
    // While one of them goes on, the other one is told before its next word.
    await typeIn(second, 'Of the second window, more.')
    await expect(first.getByText('changed in another window')).toBeVisible()
    await second.getByRole('button', { name: 'Discard draft' }).click()
    await expect(first.getByText('changed in another window')).toHaveCount(0)
  })
}
