import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { pageOf, patch, screenshot, submit, test, unique } from './people'

const section = (page: Page) => page.getByRole('region', { name: 'Acceptance criteria' })
const status = (page: Page) => page.getByRole('region', { name: 'Status', exact: true })

async function idOf(page: Page, email: string): Promise<string> {
  const { users } = await (await page.request.get('/api/users')).json()
  return users.find((user: { email?: string }) => user.email === email).id
}

async function measure(page: Page, key: string, value: number): Promise<void> {
  const sheet = await (await page.request.get(`/api/requests/${key}/criteria`)).json()
  const path = `/api/requests/${key}/criteria/${sheet.criteria[0].id}/measurements`
  expect((await page.request.post(path, { data: { value } })).ok()).toBe(true)
}

/** A request with one criterion of the requester's, assigned to Charlie. */
async function assigned(alice: Page, bob: Page, title: string): Promise<string> {
  const key = await submit(alice, unique(title))
  const data = { name: 'Cycle time', comparison: '<=', target: 48, unit: 's' }
  expect((await alice.request.post(`/api/requests/${key}/criteria`, { data })).ok()).toBe(true)
  const engineerId = await idOf(bob, 'charlie@simflow.local')
  await patch(bob, `${key}/assign`, { engineerId, estimatedHours: 8 })
  return key
}

test('both sides agree, and completion waits for what was agreed', async ({ browser }) => {
  const [alice, bob, charlie] = await Promise.all([
    pageOf(browser, 'alice'),
    pageOf(browser, 'bob'),
    pageOf(browser, 'charlie'),
  ])
  const key = await assigned(alice, bob, 'Agreed')
  await Promise.all([alice, charlie].map((page) => page.goto(`/requests/${key}`)))

  // The team asks for another target, and the requester is asked anew.
  await section(charlie).getByRole('button', { name: 'Change the criterion: Cycle time' }).click()
  await charlie.getByLabel('Target').fill('50')
  await charlie.getByRole('button', { name: 'Save criterion' }).click()
  await expect(status(charlie)).toContainText('not agreed to the criteria yet')
  await section(alice).getByRole('button', { name: 'Agree to these criteria' }).click()
  await expect(section(charlie)).toContainText('Requester: Alice User agreed')
  await status(charlie).getByRole('button', { name: 'Accept work' }).click()
  await expect(status(charlie)).toContainText('Cycle time: still open.')

  // Missed, then met; the verdict is the server's.
  const record = section(charlie).getByRole('button', { name: 'Record a result: Cycle time' })
  await record.click()
  await charlie.getByLabel('Measured value').fill('0.9 min')
  await charlie.getByRole('button', { name: 'Save result' }).click()
  await expect(section(charlie)).toContainText('Failed')
  await record.click()
  await charlie.getByLabel('Measured value').fill('49.5')
  await charlie.getByLabel('Evidence').fill('See https://reports.example/1')
  await charlie.getByRole('button', { name: 'Save result' }).click()
  await expect(section(charlie)).toContainText('Passed')
  await expect(section(charlie)).toContainText('1 of 1 passed')
  await expect(section(alice).getByRole('link', { name: 'reports.example' })).toBeVisible()
  await expect(section(alice).getByRole('button', { name: /Record/ })).toHaveCount(0)
  await status(charlie).getByRole('button', { name: 'Complete' }).click()
  await expect(status(charlie)).toContainText('Completed')
  await expect(section(charlie).getByRole('button', { name: 'Add a criterion' })).toHaveCount(0)
})

test('a criterion is added, judged by hand, and removed with a way back', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const key = await submit(page, unique('Added'))
  await page.goto(`/requests/${key}`)
  await section(page).getByRole('button', { name: 'Add a criterion' }).click()
  await page.getByLabel('Criterion').fill('Report')
  await page.getByRole('button', { name: 'Add criterion' }).click()
  await expect(section(page).getByText('Needs a target')).toBeVisible()
  await page.getByLabel('Comparison').selectOption('judged by hand')
  await page.getByRole('button', { name: 'Add criterion' }).click()
  await expect(section(page).getByRole('rowheader', { name: /Report/ })).toBeVisible()
  await section(page).getByRole('button', { name: 'Change the criterion: Report' }).click()
  await page.getByRole('button', { name: 'Remove criterion' }).click()
  await expect(section(page).getByRole('rowheader')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(section(page).getByRole('rowheader', { name: /Report/ })).toBeVisible()
})

test('a criterion that somebody else has changed meanwhile is told before it is replaced', async ({
  browser,
}) => {
  const [alice, bob] = await Promise.all([pageOf(browser, 'alice'), pageOf(browser, 'bob')])
  const key = await submit(alice, unique('Overtaken'))
  const path = `/api/requests/${key}/criteria`
  const data = { name: 'Cycle time', comparison: '<=', target: 48, unit: 's' }
  const { criteria } = await (await alice.request.post(path, { data })).json()
  await alice.goto(`/requests/${key}`)
  await section(alice).getByRole('button', { name: 'Change the criterion: Cycle time' }).click()
  await alice.getByLabel('Target').fill('45')
  const change = { target: 50, name: 'Cycle time, whole' }
  expect((await bob.request.patch(`${path}/${criteria[0].id}`, { data: change })).ok()).toBe(true)
  await alice.getByRole('button', { name: 'Save criterion' }).click()
  await expect(section(alice)).toContainText('Somebody has changed this criterion meanwhile.')
  await expect(section(alice).getByText('Now: 50.')).toBeVisible()
  await expect(alice.getByLabel('Target')).toHaveValue('45')
  await expect(alice.getByRole('textbox', { name: 'Criterion' })).toHaveValue('Cycle time, whole')
  await screenshot(alice, 'criterion-conflict')
  await alice.getByRole('button', { name: 'Save criterion' }).click()
  await expect(section(alice).getByText(/≤\s45\ss/)).toBeVisible()
  await expect(section(alice).getByRole('rowheader', { name: /whole/ })).toBeVisible()
  const saved = await (await alice.request.get(path)).json()
  expect(saved.criteria[0]).toMatchObject({ name: 'Cycle time, whole', target: 45 })
})

for (const [device, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`before and now stand side by side on a ${device}`, async ({ browser }) => {
    const alice = await pageOf(browser, 'alice')
    const bob = await pageOf(browser, 'bob')
    const charlie = await pageOf(browser, 'charlie', { viewport })
    const key = await assigned(alice, bob, 'Again')
    await patch(charlie, `${key}/status`, { status: 'In Progress' })
    await measure(charlie, key, 47.5)
    await patch(charlie, `${key}/status`, { status: 'Completed' })
    await patch(alice, `${key}/status`, { status: 'Revision Requested', reason: 'Another gun' })
    await patch(bob, `${key}/status`, { status: 'In Progress' })
    await charlie.goto(`/requests/${key}`)
    await expect(section(charlie).getByRole('columnheader', { name: 'Before' })).toBeVisible()
    const cells = section(charlie).getByRole('cell')
    await expect(cells).toContainText(['48 s', '47.5 s', 'Open'])
    await measure(charlie, key, 46)
    await expect(cells).toContainText(['48 s', '47.5 s', '46 s'])
    const found = await new AxeBuilder({ page: charlie }).analyze()
    expect(found.violations).toEqual([])
    await section(charlie)
      .getByRole('button', { name: /^Record a result/ })
      .click()
    await expect(charlie.getByLabel('Measured value')).toBeFocused()
    const typing = await new AxeBuilder({ page: charlie }).analyze()
    expect(typing.violations).toEqual([])
    await screenshot(charlie, `criteria-${device}`)
  })
}
