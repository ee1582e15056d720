import { randomUUID } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page } from '@playwright/test'
import { pageOf, screenshot, submit, test, unique } from './people'

const fields = [
  { name: 'robot_model', label: 'Robot model', kind: 'text', required: 'submission' },
  { name: 'payload', label: 'Payload', kind: 'number', unit: 'kg', minimum: 0, maximum: 500 },
  { name: 'layout_freeze', label: 'Layout is frozen on', kind: 'date' },
  { name: 'gripper', label: 'Gripper', kind: 'choice', choices: ['Vacuum', 'Two jaws'] },
  { name: 'software_version', label: 'Software version', kind: 'text', required: 'completion' },
]

/** A type of study of this test's own. */
async function defineType(browser: Browser): Promise<{ id: string; name: string }> {
  const dave = await pageOf(browser, 'dave')
  const id = `t${randomUUID().slice(0, 8)}`
  const name = `Reach ${id}`
  const answer = await dave.request.put(`/api/study-types/${id}`, { data: { name, fields } })
  expect(answer.ok(), await answer.text()).toBe(true)
  await dave.context().close()
  return { id, name }
}

const section = (page: Page) => page.getByRole('region', { name: 'Simulation data' })

test('data are edited where they stand, and what the server refuses stands at its field', async ({
  browser,
}) => {
  const { id } = await defineType(browser)
  const page = await pageOf(browser, 'alice')
  const data = { robot_model: 'R-2000iC', payload: 120 }
  const key = await submit(page, unique('Data'), { studyType: id, data })
  await page.goto(`/requests/${key}`)
  await expect(section(page)).toContainText('120 kg')
  await expect(section(page)).toContainText('Completion waits for: Software version.')
  await section(page).getByRole('button', { name: 'Edit data' }).click()
  await page.getByLabel('Robot model').fill('')
  await page.getByLabel('Payload').fill('0.6 t')
  await page.getByLabel('Layout is frozen on').fill('2027-01-31')
  await page.getByRole('button', { name: 'Save data' }).click()
  await expect(section(page).getByText('Must be at most 500 kg')).toBeVisible()
  await expect(section(page).getByText('Is needed for this type of study')).toBeVisible()
  await page.getByLabel('Robot model').fill('M-900iB')
  await page.getByLabel('Payload').fill('0.2 t')
  await page.getByRole('button', { name: 'Save data' }).click()
  await expect(section(page)).toContainText('0.2 t')
  await expect(section(page)).toContainText('31 Jan 2027')
  await expect(page.getByText('payload: 120 kg → 0.2 t')).toBeVisible()
})

test('what two people change in different fields is kept of both', async ({ browser }) => {
  const { id } = await defineType(browser)
  const alice = await pageOf(browser, 'alice')
  const bob = await pageOf(browser, 'bob')
  const data = { robot_model: 'R-2000iC', payload: 120 }
  const key = await submit(alice, unique('Two'), { studyType: id, data })
  await alice.goto(`/requests/${key}`)
  await section(alice).getByRole('button', { name: 'Edit data' }).click()
  await alice.getByLabel('Payload').fill('130')
  const answer = await bob.request.patch(`/api/requests/${key}`, {
    data: { data: { software_version: 'V9', payload: 140 } },
  })
  expect(answer.ok()).toBe(true)
  await alice.getByRole('button', { name: 'Save data' }).click()
  await expect(alice.getByText('Somebody has changed this request meanwhile')).toBeVisible()
  await expect(alice.getByText('Now: 140 kg.')).toBeVisible()
  await expect(alice.getByLabel('Software version')).toHaveValue('V9')
  await alice.getByRole('button', { name: 'Save data' }).click()
  await expect(section(alice)).toContainText('130 kg')
  await expect(section(alice)).toContainText('V9')
})

test('a request gets its type of study later, and only from who may edit it', async ({
  browser,
}) => {
  const { name } = await defineType(browser)
  const page = await pageOf(browser, 'alice')
  const key = await submit(page, unique('Later'))
  await page.goto(`/requests/${key}`)
  await section(page).getByRole('button', { name: 'Choose a type of study' }).click()
  await page.getByLabel('Type of study').selectOption({ label: name })
  await page.getByLabel('Robot model').fill('KR 210')
  await page.getByRole('button', { name: 'Save data' }).click()
  await expect(section(page)).toContainText('KR 210')
  const bob = await pageOf(browser, 'bob')
  await bob.goto(`/requests/${key}`)
  await bob.getByRole('button', { name: 'Start review' }).click()
  await expect(section(page).getByRole('button', { name: 'Edit data' })).toHaveCount(0)
})

for (const [device, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`the form on a ${device} is accessible`, async ({ browser }) => {
    const { id } = await defineType(browser)
    const page = await pageOf(browser, 'alice', { viewport })
    const data = { robot_model: 'R-2000iC', payload: 120 }
    const key = await submit(page, unique('Form'), { studyType: id, data })
    await page.goto(`/requests/${key}`)
    await expect(section(page)).toContainText('R-2000iC')
    const read = await new AxeBuilder({ page }).analyze()
    expect(read.violations).toEqual([])
    await section(page).getByRole('button', { name: 'Edit data' }).click()
    await expect(page.getByLabel('Payload')).toBeVisible()
    const edited = await new AxeBuilder({ page }).analyze()
    expect(edited.violations).toEqual([])
    await screenshot(page, `study-${device}`)
  })
}

for (const [device, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`a list is narrowed by what stands in the data (${device})`, async ({ browser }) => {
    const { id, name } = await defineType(browser)
    const page = await pageOf(browser, 'alice', { viewport })
    const make = async (title: string, data: object) => {
      const all = { robot_model: 'KR 210', ...data }
      await submit(page, `${title} ${id}`, { studyType: id, data: all })
    }
    await make('Light', { payload: 90, gripper: 'Vacuum' })
    await make('Heavy', { payload: 210, gripper: 'Vacuum', layout_freeze: '2027-01-31' })
    await make('Jaws', { payload: 200, gripper: 'Two jaws' })
    const add = async (...path: string[]) => {
      await page.getByRole('button', { name: 'Filter', exact: true }).click()
      const dialog = page.getByRole('dialog', { name: 'Add a filter' })
      for (const one of path) await dialog.getByRole('button', { name: one, exact: true }).click()
    }
    const chips = page.getByRole('list', { name: 'Filters' })

    await page.goto('/requests')
    await add('Type of study')
    const find = page.getByLabel('Find in this list')
    if (await find.isVisible()) await find.fill(name)
    await page.getByRole('checkbox', { name }).check()
    await page.keyboard.press('Escape')
    await expect(chips).toContainText(`Type of study is ${name}`)
    await expect(page.getByText('3 found')).toBeVisible()

    // The list has one type: its fields are offered at once.
    await add('Simulation data', 'Payload')
    await page.getByLabel('At least (kg)').fill('150')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await screenshot(page, `study-filter-${device}`)
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.keyboard.press('Escape')
    await expect(chips).toContainText('Payload is at least 150\u00a0kg')
    await expect(page.getByText('2 found')).toBeVisible()

    await add('Simulation data', 'Gripper')
    await page.getByRole('checkbox', { name: 'Vacuum' }).check()
    await page.keyboard.press('Escape')
    await expect(page.getByText('1 found')).toBeVisible()
    await page.reload()
    await expect(page.getByRole('link', { name: `Heavy ${id}` })).toBeVisible()
    await expect(chips).toContainText('Gripper is Vacuum')
    await screenshot(page, `study-filtered-${device}`)

    await page.getByRole('link', { name: 'Show as board' }).click()
    await expect(chips).toContainText('Gripper is Vacuum')
    await expect(page.getByRole('link', { name: `Heavy ${id}` })).toBeVisible()
    await expect(page.getByRole('link', { name: `Jaws ${id}` })).toHaveCount(0)
    await chips.getByRole('button', { name: 'Remove the filter: Gripper is Vacuum' }).click()
    await expect(page.getByRole('link', { name: `Jaws ${id}` })).toBeVisible()
    await expect(page.getByRole('link', { name: `Light ${id}` })).toHaveCount(0)
  })
}

test('a saved view keeps filters for types of study and their fields', async ({ browser }) => {
  const { id, name } = await defineType(browser)
  const page = await pageOf(browser, 'alice')
  await submit(page, `In ${id}`, { studyType: id, data: { robot_model: 'KR 210', payload: 120 } })
  await submit(page, `Out ${id}`, { studyType: id, data: { robot_model: 'KR 210', payload: 80 } })
  const query = { studyType: [id], field: ['payload:0.1..0.2 t'] }
  const view = { name: unique('Data'), layout: 'list', query, shared: false }
  const answer = await page.request.post('/api/views', {
    headers: { 'Idempotency-Key': randomUUID() },
    data: view,
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  await page.goto(`/views/${(await answer.json()).view.id}`)
  const chips = page.getByRole('list', { name: 'Filters' })
  await expect(chips).toContainText(`Type of study is ${name}`)
  await expect(chips).toContainText('Payload is 0.1 to 0.2\u00a0t')
  await expect(page.getByRole('link', { name: `In ${id}` })).toBeVisible()
  await expect(page.getByRole('link', { name: `Out ${id}` })).toHaveCount(0)
})

async function listOf(browser: Browser, options = {}): Promise<Page> {
  const { id } = await defineType(browser)
  const page = await pageOf(browser, 'alice', options)
  for (const [robot, payload] of [
    ['R-2000iC', 120],
    ['M-20iD', { value: 0.2, unit: 't' }],
    ['CRX-10', null],
    ['IRB 6700', 35.5],
  ])
    await submit(page, `Payload of ${robot}`, {
      studyType: id,
      data: {
        robot_model: robot,
        layout_freeze: '2027-01-31',
        ...(payload !== null && { payload }),
      },
    })
  await page.goto(`/requests?studyType=${id}`)
  await expect(page.getByText('4 found')).toBeVisible()
  return page
}

async function choose(page: Page, ...names: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Columns, groups and order' }).click()
  const data = page.getByRole('group', { name: 'Simulation data' })
  await expect(data.getByRole('checkbox')).toHaveCount(fields.length)
  for (const name of names) await data.getByRole('checkbox', { name, exact: true }).check()
  await page.keyboard.press('Escape')
}

const titles = (page: Page) => page.getByRole('link', { name: /^Payload of / })

test('a list has columns for fields, and is sorted by one', async ({ browser }) => {
  const page = await listOf(browser)
  await choose(page, 'Payload', 'Robot model')
  const head = page.getByRole('columnheader', { name: 'Payload', exact: true })
  await expect(page.getByRole('cell', { name: '0.2 t', exact: true })).toBeVisible()
  await expect(page.getByRole('cell', { name: 'R-2000iC', exact: true })).toBeVisible()
  await head.getByRole('button').click()
  await expect(head).toHaveAttribute('aria-sort', 'descending')
  await expect(titles(page)).toHaveText(
    ['M-20iD', 'R-2000iC', 'IRB 6700', 'CRX-10'].map((robot) => `Payload of ${robot}`),
  )
  await head.getByRole('button').click()
  await expect(titles(page)).toHaveText(
    ['IRB 6700', 'R-2000iC', 'M-20iD', 'CRX-10'].map((robot) => `Payload of ${robot}`),
  )
  await expect(page).toHaveURL(/sort=field/)
  await page.reload()
  await expect(head).toHaveAttribute('aria-sort', 'ascending')
  await expect(page.getByRole('cell', { name: '35.5 kg', exact: true })).toBeVisible()
  // Somebody else's change arrives in the cell.
  const key = await page
    .getByRole('row', { name: /M-20iD/ })
    .getByText(/^SF-/)
    .textContent()
  const other = await pageOf(browser, 'bob')
  const answer = await other.request.patch(`/api/requests/${key}`, {
    data: { data: { payload: 7 } },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  await expect(page.getByRole('cell', { name: '7 kg', exact: true })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await screenshot(page, 'list-fields')
  // The board has no such order, and keeps its own.
  await page
    .getByRole('navigation', { name: 'Layout' })
    .getByRole('link', { name: 'Board' })
    .click()
  await expect(page.getByText('Payload of CRX-10')).toBeVisible()
})

test('on a phone the values of the fields stand in the row', async ({ browser }) => {
  const page = await listOf(browser, { viewport: { width: 390, height: 844 }, hasTouch: true })
  await choose(page, 'Payload', 'Robot model', 'Layout is frozen on')
  const row = page.getByRole('listitem').filter({ hasText: 'M-20iD' })
  await expect(row).toContainText('Payload 0.2\u00a0t')
  await expect(row).toContainText('Robot model M-20iD')
  await expect(row).toContainText('Layout is frozen on 31 Jan 2027')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await screenshot(page, 'list-fields-phone')
})

test('fields of all types are found by name, and stay in a view and in the file', async ({
  browser,
}) => {
  const { id, name } = await defineType(browser)
  const page = await pageOf(browser, 'alice')
  const data = { robot_model: 'KR 210', layout_freeze: '2027-01-31' }
  const key = await submit(page, `Frozen ${id}`, { studyType: id, data })
  await page.goto(`/requests?q=${key}`)
  await page.getByRole('button', { name: 'Columns, groups and order' }).click()
  const offered = page.getByRole('group', { name: 'Simulation data' })
  const type = offered.locator('details').filter({ hasText: name })
  await type.locator('summary').click()
  await type.getByRole('checkbox', { name: 'Gripper' }).check()
  await expect(type).toContainText('1 shown')
  await screenshot(page, 'list-fields-offered')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.getByLabel('Find a field').fill('layout is fro')
  await offered.getByRole('checkbox', { name: 'Layout is frozen on' }).check()
  await page.getByLabel('Find a field').fill('')
  await expect(type).toContainText('2 shown')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('cell', { name: '31 Jan 2027', exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByLabel('Name').fill(unique('Frozen'))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/views\//)
  await page.reload()
  await expect(page.getByRole('cell', { name: '31 Jan 2027', exact: true })).toBeVisible()

  const file = async (format: string) => {
    await page.getByRole('button', { name: 'Export' }).click()
    const link = page.getByRole('link', { name: format })
    const answer = await page.request.get((await link.getAttribute('href')) ?? '')
    await page.keyboard.press('Escape')
    return answer.text()
  }
  expect(await file('CSV')).toMatch(/Gripper,Layout is frozen on\r\n.*,,2027-01-31\r\n/)
  await page.goto(`/requests?studyType=${id}&columns=status`)
  expect(await file('CSV')).toContain(
    'Key,Title,Status,Robot model,Payload (kg),Layout is frozen on,Gripper,Software version',
  )
})
