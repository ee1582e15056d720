import { randomUUID } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { pageOf, screenshot, submit, unique } from './people'

const fields = [
  { name: 'robot_model', label: 'Robot model', kind: 'text', required: 'submission' },
  { name: 'payload', label: 'Payload', kind: 'number', unit: 'kg', minimum: 0, maximum: 500 },
  { name: 'layout_freeze', label: 'Layout is frozen on', kind: 'date' },
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
