import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page } from '@playwright/test'
import { inScheme, pageOf, patch, screenshot, submit, test, unique } from './people'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

async function expectClean(page: Page, name: string): Promise<void> {
  await screenshot(page, name)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join()}`)).toEqual([])
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wider, `${name} scrolls sideways`).toBeLessThanOrEqual(0)
}

/** A type of study of this test's own. */
async function study(browser: Browser, name: string): Promise<void> {
  const admin = await pageOf(browser, 'dave')
  const field = (name: string, label: string, more: object) => ({
    name,
    label,
    kind: 'text',
    ...more,
  })
  const fields = [
    field('robot', 'Robot model', { required: 'submission' }),
    field('payload', 'Payload', { kind: 'number', unit: 'kg', maximum: 500 }),
  ]
  const id = `e${name.slice(-8)}`
  const answer = await admin.request.put(`/api/study-types/${id}`, { data: { name, fields } })
  expect(answer.ok(), await answer.text()).toBe(true)
  await admin.context().close()
}

async function drafts(page: Page): Promise<{ content: { title?: string } }[]> {
  return (await (await page.request.get('/api/drafts')).json()).drafts
}

async function draftOf(page: Page, title: string) {
  return (await drafts(page)).find(({ content }) => content.title === title)
}

test('a draft goes on on another device, and is gone once it is submitted', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const title = unique('Begun at the desk')
  await page.goto('/requests/new')
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('Tags').fill('weld')
  await expect(page.getByText('Draft saved')).toBeVisible()
  expect(await draftOf(page, title)).toMatchObject({ content: { tags: ['weld'] } })

  const other = await pageOf(browser, 'alice', phone)
  await other.goto('/requests/new')
  await other.getByRole('link', { name: title }).click()
  await expect(other.getByLabel('Title')).toHaveValue(title)
  await other.getByLabel('Description').fill('Gone on with on the way.')
  await other.getByLabel('Vendor').fill('ABB')
  await expect(other.getByText('Draft saved')).toBeVisible()
  await other.getByRole('button', { name: 'Submit request' }).click()
  await expect(other.getByRole('heading', { name: title })).toBeVisible()
  expect(await draftOf(page, title)).toBeUndefined()
  await page.reload()
  await expect(page.getByLabel('Title')).toHaveValue('')
})

test('two windows on one draft do not overwrite each other', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const title = unique('Two windows')
  await page.goto('/requests/new')
  await page.getByLabel('Title').fill(title)
  await expect(page.getByText('Draft saved')).toBeVisible()
  const { id } = (await draftOf(page, title)) as unknown as { id: string }
  const content = { title, vendor: 'KUKA' }
  await page.request.patch(`/api/drafts/${id}`, { data: { content } })
  await page.getByLabel('Description').fill('Mine')
  await expect(page.getByText('changed in another window')).toBeVisible()
  await expectClean(page, 'draft-conflict')
  await page.getByRole('button', { name: 'Take the other one' }).click()
  await expect(page.getByLabel('Vendor')).toHaveValue('KUKA')
  await expect(page.getByLabel('Description')).toHaveValue('')
  await page.request.patch(`/api/drafts/${id}`, { data: { content: { title, vendor: 'ABB' } } })
  await page.getByLabel('Description').fill('Mine again')
  await page.getByRole('button', { name: 'Keep what is here' }).click()
  await expect(page.getByText('Draft saved')).toBeVisible()
  expect(await draftOf(page, title)).toMatchObject({
    content: { vendor: 'KUKA', description: 'Mine again' },
  })
  await page.getByRole('button', { name: 'Discard draft' }).click()
  await expect(page.getByLabel('Title')).toHaveValue('')
  await expect.poll(() => draftOf(page, title)).toBeUndefined()
})

test('without the server a draft stays in the browser, and goes there later', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'alice')
  const title = unique('In a tunnel')
  await page.goto('/requests/new')
  await expect(page.getByLabel('Title')).toBeVisible()
  await page.context().setOffline(true)
  await page.getByLabel('Title').fill(title)
  await expect(page.getByText('Draft kept in this browser')).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByText('Draft saved')).toBeVisible()
  expect(await draftOf(page, title)).toBeDefined()
  await page.getByRole('button', { name: 'Discard draft' }).click()
})

test('similar requests are offered with their outcome while one types', async ({ browser }) => {
  const alice = await pageOf(browser, 'alice')
  const bob = await pageOf(browser, 'bob')
  const word = unique('hemming').replaceAll(/[ -]/g, '')
  const key = await submit(alice, `Reach of the ${word} robot`)
  await patch(bob, `${key}/status`, { status: 'Denied', reason: 'The supplier does this study.' })
  await alice.goto('/requests/new')
  await alice.getByLabel('Title').fill(`Can the ${word} robot reach it`)
  const similar = alice.getByRole('region', { name: 'Has this been asked before?' })
  await expect(similar.getByRole('link', { name: key })).toBeVisible()
  // The demo's own requests may be like it as well.
  const one = similar.getByRole('listitem').filter({ hasText: key })
  await expect(one.getByText('Denied')).toBeVisible()
  await expect(one.getByText('The supplier does this study.')).toBeVisible()
  await expect(one.getByText(`Both say: ${word}`)).toBeVisible()
  await expectClean(alice, 'similar')
  const charlie = await pageOf(browser, 'charlie')
  await charlie.goto('/requests/new')
  const answered = charlie.waitForResponse('**/api/requests/similar?**')
  await charlie.getByLabel('Title').fill(`Can the ${word} robot reach it`)
  expect(await (await answered).text()).not.toContain(key)
  await expect(charlie.getByText(key)).toHaveCount(0)
})

test('a copy begins with what an earlier request says', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const title = unique('Once more')
  const key = await submit(page, title, { tags: ['weld'], vendor: 'KUKA', priority: 'High' })
  await page.goto(`/requests/${key}`)
  await page.getByRole('button', { name: 'Copy and print' }).click()
  await page.getByRole('button', { name: 'Begin another like this' }).click()
  await expect(page.getByText(`Copy of ${key}`)).toBeVisible()
  await expect(page.getByLabel('Title')).toHaveValue(title)
  await expect(page.getByLabel('Vendor')).toHaveValue('KUKA')
  await expect(page.getByLabel('Priority')).toHaveValue('High')
  await expect(page.getByLabel('Tags')).toHaveValue('weld')
  const second = unique('Second')
  await page.getByLabel('Title').fill(second)
  await page.getByRole('button', { name: 'Submit request' }).click()
  await expect(page.getByRole('heading', { name: second })).toBeVisible()
  await page.goto('/requests/new?from=SF-999999')
  await expect(page.getByText('There is no request SF-999999')).toBeVisible()
})

test('a manager makes a template, and a requester begins with it', async ({ browser }) => {
  const bob = await pageOf(browser, 'bob')
  const name = unique('Door cell after a model change, with all that it takes and a long name')
  await bob.goto('/requests/new')
  await bob.getByLabel('Description').fill('Reach of all hem points.')
  await bob.getByLabel('Vendor').fill('FANUC')
  await bob.getByRole('button', { name: 'Templates …' }).click()
  await bob.getByLabel('Save what is filled in as').fill(name)
  await expectClean(bob, 'template-editor')
  await bob.getByRole('button', { name: 'Save template' }).click()
  const alice = await pageOf(browser, 'alice')
  await alice.goto('/requests/new')
  await alice.getByLabel('Begin with a template').selectOption(name)
  await expect(alice.getByLabel('Description')).toHaveValue('Reach of all hem points.')
  await expect(alice.getByLabel('Vendor')).toHaveValue('FANUC')
  await expect(alice.getByRole('button', { name: 'Templates …' })).toHaveCount(0)
  await bob.getByRole('button', { name: 'Templates …' }).click()
  const panel = bob.getByRole('dialog', { name: 'Templates' })
  await expect(bob.getByRole('button', { name: `Delete ${name}` })).toBeInViewport()
  expect(await panel.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0)
  await screenshot(bob, 'template-editor-long')
  await bob.getByRole('button', { name: `Delete ${name}` }).click()
  await expect(bob.getByRole('button', { name: `Delete ${name}` })).toHaveCount(0)
  await bob.getByRole('button', { name: 'Discard draft' }).click()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`with a type of study all is on one page, ${colorScheme}`, async ({ browser }) => {
    const type = unique('Reach')
    await study(browser, type)
    const page = await pageOf(browser, 'alice', { colorScheme })
    const title = unique('With data')
    await page.goto('/requests/new')
    await page.getByLabel('Title').fill(title)
    await page.getByLabel('Description').fill('Cell 4')
    await page.getByLabel('Vendor').fill('FANUC')
    await page.getByLabel('Type of study').selectOption(type)
    await page.getByLabel('Payload').fill('900')
    await page.getByRole('button', { name: 'Submit request' }).click()
    await expect(page.getByText('Is needed for this type of study')).toBeVisible()
    await expect(page.getByText('Must be at most 500 kg')).toBeVisible()
    await expectClean(page, `intake-data-${colorScheme}`)
    await page.getByLabel('Robot model').fill('R-2000iC')
    await page.getByLabel('Payload').fill('0.12 t')
    await page.getByRole('button', { name: 'Submit request' }).click()
    await expect(page.getByRole('heading', { name: title })).toBeVisible()
    const key = page.url().split('/').pop()
    const form = await (await page.request.get(`/api/requests/${key}/form`)).json()
    expect(form.values.payload).toMatchObject({ value: 0.12, unit: 't' })
  })

  test(`on a phone it goes in steps, ${colorScheme}`, async ({ browser }) => {
    const type = unique('Reach')
    await study(browser, type)
    const page = await pageOf(browser, 'alice', { ...phone, colorScheme })
    const title = unique('In steps')
    await page.goto('/requests/new')
    await expect(page.getByRole('button', { name: 'Submit request' })).toBeVisible()
    await page.getByLabel('Type of study').selectOption(type)
    await expect(page.getByText('Step 1 of 3')).toBeVisible()
    await page.getByLabel('Title').fill(title)
    await page.getByLabel('Description').fill('Cell 4')
    await page.getByLabel('Vendor').fill('FANUC')
    // All that the step asks for stands above the button that leaves it.
    const next = await page.getByRole('button', { name: /^Next/ }).boundingBox()
    const tags = await page.getByLabel('Tags').boundingBox()
    expect(tags?.y).toBeLessThan(next?.y ?? 0)
    await expectClean(page, `intake-step-1-${colorScheme}`)
    await page.getByRole('button', { name: 'Next: simulation data' }).click()
    await expect(page.getByRole('heading', { name: 'Simulation data', exact: true })).toBeFocused()
    await page.getByLabel('Payload').fill('120')
    await expectClean(page, `intake-step-2-${colorScheme}`)
    await page.getByRole('button', { name: 'Next: review and send' }).click()
    await expect(page.getByText('120 kg')).toBeVisible()
    await expect(page.getByText('Still needed')).toBeVisible()
    await expectClean(page, `intake-step-3-${colorScheme}`)
    await page.getByRole('button', { name: 'Submit request' }).click()
    await expect(page.getByText('Is needed for this type of study')).toBeVisible()
    await page.getByLabel('Robot model').fill('R-2000iC')
    await page.getByRole('button', { name: 'Next: review and send' }).click()
    await page.getByRole('button', { name: 'Submit request' }).click()
    await expect(page.getByRole('heading', { name: title })).toBeVisible()
  })
}

test('a manager asks, the requester answers, and both see whose turn it is', async ({
  browser,
}) => {
  const bob = await pageOf(browser, 'bob')
  const alice = await pageOf(browser, 'alice')
  const key = await submit(alice, unique('Which payload'))
  const status = (page: Page) => page.getByRole('region', { name: 'Status' })
  await bob.goto(`/requests/${key}`)
  await bob.getByRole('button', { name: 'Ask for information', exact: true }).click()
  await bob.getByLabel('What do you need to know?').fill('Which payload, with the tool?')
  await bob
    .getByRole('dialog')
    .getByRole('button', { name: 'Ask for information', exact: true })
    .click()
  await expect(status(bob).getByText('Information Needed')).toBeVisible()
  await alice.goto(`/requests/${key}`)
  await expect(status(alice).getByText('Which payload, with the tool?')).toBeVisible()
  await expect(status(alice)).toContainText('clock stopped since')
  await expect(status(alice)).toContainText('Until the answer comes the clock stands')
  await expect(alice.getByRole('button', { name: 'Edit', exact: true })).toBeVisible()
  await expectClean(alice, 'information-needed')
  await status(alice).getByRole('button', { name: 'Answer', exact: true }).click()
  await alice.getByLabel('Your answer').fill('120 kg.')
  await expectClean(alice, 'answer')
  await alice.getByRole('dialog').getByRole('button', { name: 'Answer', exact: true }).click()
  await expect(status(alice).getByText('Feasibility Review')).toBeVisible()
  await expect(status(bob).getByText('Feasibility Review')).toBeVisible()
  await expect(status(bob)).not.toContainText('clock')
  await expect(bob.getByText('120 kg.')).toBeVisible()
  await bob.goto('/notifications')
  const told = bob.getByRole('listitem').filter({ hasText: key })
  await expect(told.getByRole('link', { name: 'Alice User answered' })).toBeVisible()
})

for (const [size, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', phone.viewport],
] as const) {
  test(`whose clock stands says so wherever its age is told: ${size}`, async ({ browser }) => {
    const [bob, alice] = [
      await pageOf(browser, 'bob'),
      await pageOf(browser, 'alice', { viewport, colorScheme: 'light' }),
    ]
    const title = unique('Clock')
    const key = await submit(alice, title)
    await patch(bob, `${key}/status`, { status: 'Information Needed', reason: 'Which payload?' })
    const expectCleanInBoth = async (name: string) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await inScheme(alice, colorScheme)
        await expectClean(alice, `clock-${name}-${size}-${colorScheme}`)
      }
    }
    await alice.goto(`/requests/${key}`)
    await expect(alice.getByRole('region', { name: 'Status' })).toContainText('clock stopped since')
    await expectCleanInBoth('request')
    const found = `q=${encodeURIComponent(title)}`
    await alice.goto(`/board?${found}&status=Information+Needed`)
    await expect(alice.getByRole('article').filter({ hasText: title })).toContainText(
      'In Information Needed, clock stopped for 0 min',
    )
    await expectCleanInBoth('board')
    if (size === 'desktop') {
      await alice.goto(`/requests?${found}&columns=status&columns=statusSince`)
      await expect(alice.getByRole('row').filter({ hasText: title })).toContainText(
        'stopped just now',
      )
      await expectCleanInBoth('list')
    }
    // Home tells first what changed last.
    await patch(alice, key, { priority: 'High' })
    await alice.goto('/')
    const mine = alice.getByRole('region', { name: 'Yours that are open' })
    await expect(mine.getByRole('listitem').filter({ hasText: title })).toContainText(
      'clock stopped 0 min',
    )
    await expectCleanInBoth('home')
  })
}
