/** The title and the description of a request, each edited where it stands. */

import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { inScheme, pageOf, patch, screenshot, submit, test, unique } from './people'

const heading = (page: Page, title: string) => page.getByRole('heading', { level: 2, name: title })
const names = { title: 'Rename the request', description: 'Change the text' }
const pencil = (page: Page, field: keyof typeof names) =>
  page.getByRole('button', { name: names[field], exact: true })

test('the title is clicked, changed in its place and sent by Enter, and nothing moves', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'alice')
  const title = unique('In place')
  const key = await submit(page, title)
  await page.goto(`/requests/${key}`)
  await expect(page.getByLabel('Comment')).toBeVisible()
  const text = page.getByText('Reach of the robot.')
  const before = await text.boundingBox()
  const read = await heading(page, title).boundingBox()
  await heading(page, title).click()
  const field = page.getByLabel('Title', { exact: true })
  await expect(field).toBeFocused()
  await expect(field).toHaveValue(title)
  expect(await text.boundingBox()).toEqual(before)
  const typed = await field.evaluate((node) => {
    const { top } = node.getBoundingClientRect()
    return top + Number.parseFloat(getComputedStyle(node).paddingTop) + 1
  })
  expect(Math.abs(typed - (read?.y ?? 0))).toBeLessThanOrEqual(2)
  await screenshot(page, 'in-place-title')
  await field.fill(`${title}, better`)
  await field.press('Enter')
  await expect(heading(page, `${title}, better`)).toBeVisible()
  await expect(pencil(page, 'title')).toBeFocused()
  await expect(page.getByText('Draft kept')).toHaveCount(0)
})

test('the description goes by keys alone: Esc keeps a draft, Ctrl and Enter save', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'alice')
  const key = await submit(page, unique('By keys'))
  await page.goto(`/requests/${key}`)
  await expect(page.getByLabel('Comment')).toBeVisible()
  const text = page.getByText('Reach of the robot. And of its twin.', { exact: true })
  await pencil(page, 'description').focus()
  await page.keyboard.press('Enter')
  const field = page.getByLabel('Description', { exact: true })
  await expect(field).toBeFocused()
  await page.keyboard.type(' And of its twin.')
  await expect(page.getByText('Draft kept')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(field).toHaveCount(0)
  await expect(page.getByText('Reach of the robot.', { exact: true })).toBeVisible()
  const kept = page.getByRole('button', { name: 'Draft kept: Change the text' })
  await expect(kept).toBeFocused()
  await expect(kept).toHaveText('Draft kept')
  await screenshot(page, 'in-place-kept')
  await expect(page).toHaveURL(new RegExp(`/requests/${key}$`))
  await page.reload()
  await expect(field).toHaveValue('Reach of the robot. And of its twin.')
  await field.press('ControlOrMeta+Enter')
  await expect(field).toHaveCount(0)
  await expect(text).toBeVisible()
  await page.reload()
  await expect(text).toBeVisible()
  await expect(field).toHaveCount(0)

  // Discarded, it is as it was; what was begun in place goes on in the form of the whole.
  await text.click()
  await field.fill('No.')
  await page.getByRole('button', { name: 'Discard', exact: true }).click()
  await expect(text).toBeVisible()
  await pencil(page, 'title').press('Enter')
  await page.getByLabel('Title', { exact: true }).fill('Begun in place')
  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
  await expect(page.getByLabel('Title')).toHaveValue('Begun in place')
  await expect(page.getByLabel('Description')).toHaveValue('Reach of the robot. And of its twin.')
  await page.getByLabel('Vendor').fill('KUKA')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(heading(page, 'Begun in place')).toBeVisible()
  await page.reload()
  await expect(page.getByText('Draft kept')).toHaveCount(0)
})

test('a link in the description is followed, selected words are not edited, and who may not edit reads', async ({
  browser,
}) => {
  const [page, bob] = await Promise.all([pageOf(browser, 'alice'), pageOf(browser, 'bob')])
  const other = await submit(page, unique('Led to'))
  const description = `See ${other} first.\n\nSecond words.`
  const key = await submit(page, unique('With a link'), { description })
  await page.goto(`/requests/${key}`)
  await page.getByRole('article').getByRole('link', { name: other }).click()
  await expect(page).toHaveURL(new RegExp(other))
  await page.goBack()
  const words = page.getByText('Second words.')
  const box = await words.boundingBox()
  if (!box) throw new Error('no box')
  await page.mouse.move(box.x + 2, box.y + 8)
  await page.mouse.down()
  await page.mouse.move(box.x + 60, box.y + 8, { steps: 5 })
  await page.mouse.up()
  await expect(words).toBeVisible()
  await page.mouse.click(box.x + 500, box.y + 8)
  await words.click()
  const field = page.getByLabel('Description', { exact: true })
  await expect(field).toBeFocused()
  // The caret is where the text was clicked.
  const caret = await field.evaluate((node: HTMLTextAreaElement) => node.selectionStart)
  expect(caret).toBeGreaterThan(description.indexOf('Second'))
  await page.keyboard.press('Escape')
  await patch(bob, `${key}/status`, { status: 'Feasibility Review' })
  await page.reload()
  await expect(page.getByLabel('Comment')).toBeVisible()
  await expect(pencil(page, 'title')).toHaveCount(0)
  await words.click()
  await expect(field).toHaveCount(0)
})

const looks = [
  { size: 'desktop', viewport: { width: 1440, height: 900 }, hasTouch: false },
  { size: 'phone', viewport: { width: 390, height: 844 }, hasTouch: true },
] as const

for (const { size, ...look } of looks) {
  test(`in place on a ${size}: the conflict is shown there, and pencils are there on touch`, async ({
    browser,
  }) => {
    const options = { ...look, isMobile: look.hasTouch }
    const [alice, bob] = await Promise.all([
      pageOf(browser, 'alice', options),
      pageOf(browser, 'bob'),
    ])
    const long = Array.from({ length: 30 }, (_, n) => `Line ${n} of a long description.`)
    const key = await submit(alice, unique('Both at once'), { description: long.join('\n\n') })
    await alice.goto(`/requests/${key}`)
    await expect(alice.getByLabel('Comment')).toBeVisible()
    const opacity = () =>
      pencil(alice, 'description')
        .locator('svg')
        .evaluate((node) => getComputedStyle(node).opacity)
    expect(await opacity()).toBe(look.hasTouch ? '1' : '0')
    for (const colorScheme of ['light', 'dark'] as const) {
      await inScheme(alice, colorScheme)
      await screenshot(alice, `in-place-read-${size}-${colorScheme}`)
    }
    expect((await new AxeBuilder({ page: alice }).analyze()).violations).toEqual([])
    const line = alice.getByText('Line 14 of')
    await line.scrollIntoViewIfNeeded()
    const before = await alice.evaluate(() => scrollY)
    await line.click()
    const field = alice.getByLabel('Description', { exact: true })
    await expect(field).toBeFocused()
    expect(Math.abs((await alice.evaluate(() => scrollY)) - before)).toBeLessThanOrEqual(2)
    await field.fill('Mine.')
    for (const colorScheme of ['light', 'dark'] as const) {
      await inScheme(alice, colorScheme)
      await screenshot(alice, `in-place-edit-${size}-${colorScheme}`)
    }
    expect((await new AxeBuilder({ page: alice }).analyze()).violations).toEqual([])
    await patch(bob, key, { description: 'Theirs.', vendor: 'Siemens' })
    await alice.getByRole('button', { name: 'Save', exact: true }).click()
    const both = alice.getByRole('alert').filter({ hasText: 'Somebody else changed this request' })
    await expect(both.getByText('Theirs.')).toBeVisible()
    await screenshot(alice, `in-place-conflict-${size}-dark`)
    await alice.emulateMedia({ colorScheme: 'light' })
    await screenshot(alice, `in-place-conflict-${size}-light`)
    await both.getByRole('button', { name: 'Use mine' }).click()
    await alice.getByRole('button', { name: 'Save mine anyway' }).click()
    await expect(field).toHaveCount(0)
    const { request } = await (await alice.request.get(`/api/requests/${key}`)).json()
    expect(request).toMatchObject({ description: 'Mine.', vendor: 'Siemens' })
  })
}
