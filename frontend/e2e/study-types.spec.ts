import { randomUUID } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page } from '@playwright/test'
import { pageOf, screenshot, submit, test } from './people'

const fields = [
  { name: 'robot_model', label: 'Robot model', kind: 'text', required: 'submission' },
  { name: 'payload', label: 'Payload', kind: 'number', unit: 'kg', minimum: 0, maximum: 500 },
  { name: 'controller', label: 'Controller', kind: 'choice', vendor: 'FANUC', choices: ['A', 'B'] },
]
const criteria = [{ name: 'Cycle time', comparison: '<=', target: 55, unit: 's' }]

/** A type of study of this test's own, opened by an admin. */
async function openType(browser: Browser, options = {}) {
  const page = await pageOf(browser, 'dave', options)
  const id = `t${randomUUID().slice(0, 8)}`
  const put = (changes = {}) =>
    page.request.put(`/api/study-types/${id}`, {
      data: { name: `Reach ${id}`, position: 9000, fields, criteria, ...changes },
    })
  expect((await put()).ok()).toBe(true)
  await page.goto(`/admin/study-types/${id}`)
  await expect(page.getByRole('heading', { name: `Reach ${id}` })).toBeVisible()
  return { page, id, put }
}

const rows = (page: Page) =>
  page.getByRole('region', { name: 'Fields' }).getByRole('listitem').locator('bdi')
const preview = (page: Page) => page.getByRole('region', { name: 'Preview' })
const save = (page: Page) => page.getByRole('button', { name: 'Save type' }).click()

test('an admin makes a type of study, and a requester fills in its form', async ({ browser }) => {
  const page = await pageOf(browser, 'dave')
  const name = `Welding ${randomUUID().slice(0, 8)}`
  await page.goto('/')
  await page.getByRole('link', { name: 'Types of study' }).click()
  await page.getByRole('link', { name: 'New type' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Add field' }).click()
  await expect(page.getByLabel('Label', { exact: true })).toBeFocused()
  await page.keyboard.type('Gun weight')
  await page.getByLabel('Kind').selectOption('Number')
  await page.getByLabel('Required', { exact: true }).selectOption('At submission')
  await page.getByLabel('Unit').fill('kg')
  await page.getByLabel('Maximum').fill('200')
  await expect(preview(page).getByLabel('Gun weight')).toBeVisible()
  await expect(preview(page)).toContainText('At most 200 kg.')
  await page.getByRole('button', { name: 'Add criterion' }).click()
  await page.getByLabel('Criterion', { exact: true }).fill('Every spot is reached')
  await page.getByLabel('Comparison').selectOption('judged by hand')
  await save(page)
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
  await expect(page.getByText('Version 1', { exact: true })).toBeVisible()
  await expect(page.getByText('Draft kept')).toHaveCount(0)
  await page.getByRole('link', { name: 'All types' }).click()
  await expect(page.getByRole('row', { name })).toContainText('Yes111')

  const alice = await pageOf(browser, 'alice')
  await alice.goto('/requests/new')
  await alice.getByLabel('Type of study').selectOption({ label: name })
  await expect(alice.getByLabel('Gun weight')).toBeVisible()
})

test('a changed form is for requests to come; those that there are keep theirs', async ({
  browser,
}) => {
  const { page, id } = await openType(browser)
  const alice = await pageOf(browser, 'alice')
  const data = { robot_model: 'R-2000iC', payload: 120 }
  const key = await submit(alice, `Old ${id}`, { studyType: id, data })
  await page.getByRole('button', { name: 'Remove Payload' }).click()
  await expect(rows(page)).toHaveText(['Robot model', 'Controller'])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rows(page)).toHaveText(['Robot model', 'Payload', 'Controller'])
  await page.getByRole('button', { name: 'Remove Payload' }).click()
  // By keyboard: at the end the focus goes to the other button, not away.
  await page.getByRole('button', { name: 'Move Robot model down' }).focus()
  await page.keyboard.press('Enter')
  await expect(rows(page)).toHaveText(['Controller', 'Robot model'])
  await expect(page.getByRole('button', { name: 'Move Robot model up' })).toBeFocused()
  await page.reload()
  await expect(page.getByText('Draft kept')).toBeVisible()
  await expect(rows(page)).toHaveText(['Controller', 'Robot model'])
  await save(page)
  await expect(page.getByText('Version 2', { exact: true })).toBeVisible()
  await alice.goto(`/requests/${key}`)
  await expect(alice.getByRole('region', { name: 'Simulation data' })).toContainText('120 kg')
})

test('what the server refuses stands at its field, and what was changed can be discarded', async ({
  browser,
}) => {
  const { page } = await openType(browser)
  await page.getByRole('button', { name: /^Payload/ }).click()
  await page.getByLabel('Unit').fill('bananas')
  await page.getByLabel('Minimum').fill('few')
  await page.getByRole('button', { name: 'Add field' }).click()
  await save(page)
  await expect(page.getByText('Nothing is saved yet: look at what is marked.')).toBeVisible()
  await expect(page.getByLabel('Minimum')).toBeFocused()
  await expect(page.getByLabel('Minimum')).toHaveAttribute('aria-invalid', 'true')
  const added = page.getByRole('group', { name: 'New field' })
  await expect(added.getByLabel('Label', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('button', { name: 'Remove New field' }).click()
  await page.getByLabel('Minimum').fill('1')
  await save(page)
  await expect(
    page.getByRole('region', { name: 'Fields' }).getByRole('alert').filter({ hasText: 'bananas' }),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Discard changes' }).click()
  await expect(page.getByText('Draft kept')).toHaveCount(0)
  await expect(page.getByLabel('Unit')).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Payload Number · 0 to 500/ })).toBeVisible()
})

test('of two admins the second is told, and chooses', async ({ browser }) => {
  const { page, put } = await openType(browser)
  await page.getByRole('button', { name: 'Remove Controller' }).click()
  expect((await put({ criteria: [] })).ok()).toBe(true)
  await save(page)
  await expect(page.getByText('Somebody else has saved version 2 meanwhile.')).toBeVisible()
  await page.getByRole('button', { name: 'Take theirs' }).click()
  await expect(rows(page)).toHaveText(['Robot model', 'Payload', 'Controller'])
  await expect(page.getByText('Cycle time')).toHaveCount(0)
  await page.getByRole('button', { name: 'Remove Payload' }).click()
  expect((await put()).ok()).toBe(true)
  await save(page)
  await page.getByRole('button', { name: 'Save mine anyway' }).click()
  await expect(page.getByText('Version 4', { exact: true })).toBeVisible()
  await expect(rows(page)).toHaveText(['Robot model', 'Controller'])
})

test('who is no admin finds nothing here', async ({ browser }) => {
  const page = await pageOf(browser, 'bob')
  await page.goto('/admin/study-types')
  await expect(page.getByText('There is nothing at this address.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Types of study' })).toHaveCount(0)
})

for (const [device, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`types of study on a ${device}, ${colorScheme}, are accessible`, async ({ browser }) => {
      const { page } = await openType(browser, { viewport, colorScheme })
      await screenshot(page, `study-type-closed-${device}-${colorScheme}`)
      await page.getByRole('button', { name: /^Payload/ }).click()
      await page.getByRole('button', { name: /^Cycle time/ }).click()
      await page.getByLabel('Maximum').fill('-1')
      await save(page)
      await expect(page.getByText('Has a minimum above its maximum')).toBeVisible()
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide).toBeLessThanOrEqual(viewport.width)
      await screenshot(page, `study-type-${device}-${colorScheme}`)
      await page.getByRole('link', { name: 'All types' }).click()
      await expect(page.getByRole('heading', { name: 'Types of study' })).toBeVisible()
      await expect(page.getByRole('row').nth(1)).toBeVisible()
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
      await screenshot(page, `study-types-${device}-${colorScheme}`)
    })
  }
}
