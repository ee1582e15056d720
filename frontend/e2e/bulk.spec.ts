import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { pageOf, patch, screenshot, submit, test, unique } from './people'

test('many rows are changed at once: refusals are told, the rest is done and can be undone', async ({
  browser,
}) => {
  const bob = await pageOf(browser, 'bob')
  const vendor = unique('Bulk')
  const keys: string[] = []
  for (const title of ['One', 'Two', 'Three']) keys.push(await submit(bob, title, { vendor }))
  await patch(bob, `${keys[2]}/status`, { status: 'Cancelled', reason: 'Not needed.' })
  await bob.goto(`/requests?vendor=${encodeURIComponent(vendor)}`)
  await bob.getByRole('checkbox', { name: 'Select the rows that are loaded' }).check()
  const bar = bob.getByRole('region', { name: 'Selected requests' })
  await expect(bar.getByText('3 selected')).toBeVisible()
  await bar.getByRole('button', { name: 'Prioritise' }).click()
  await bob.getByRole('dialog').getByRole('button', { name: 'High' }).click()
  const outcome = bob.getByRole('region', { name: 'What was done' })
  await expect(outcome.getByText('2 requests set to High, 1 refused')).toBeVisible()
  await expect(outcome.getByRole('link', { name: keys[2] })).toBeVisible()
  await screenshot(bob, 'list-bulk')
  await outcome.getByRole('button', { name: 'Undo' }).click()
  await expect(outcome.getByText('2 put back as before')).toBeVisible()
})

test('a view is saved at an address of its own, changed, put back and deleted', async ({
  browser,
}) => {
  const bob = await pageOf(browser, 'bob')
  const name = unique('Urgent')
  await bob.goto('/requests?priority=High')
  await bob.getByRole('button', { name: 'Save view' }).click()
  await bob.getByLabel('Name').fill(name)
  await bob.getByRole('dialog').getByRole('button', { name: 'Save view' }).click()
  await expect(bob).toHaveURL(/views\//)
  await expect(bob.getByRole('heading', { name })).toBeVisible()
  await bob.getByRole('button', { name: /^Remove the filter/ }).click()
  await expect(bob.getByText('Changed')).toBeVisible()
  await bob.getByRole('button', { name: 'Reset' }).click()
  await expect(bob.getByRole('list', { name: 'Filters' })).toBeVisible()
  await bob.getByRole('button', { name: 'Delete' }).click()
  await expect(bob).toHaveURL(/requests\?priority=High/)
  await bob.getByRole('button', { name: 'Undo' }).click()
  await expect(bob.getByRole('heading', { name })).toBeVisible()
})

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

async function expectNoFaults(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

async function submitSome(page: Page, vendor: string, titles: string[]): Promise<string[]> {
  const keys: string[] = []
  for (const title of titles) keys.push(await submit(page, title, { vendor }))
  return keys
}

test('hours that cannot be are told in the dialog, and one row is changed by key', async ({
  browser,
}) => {
  const bob = await pageOf(browser, 'bob')
  const vendor = unique('Hours')
  await submitSome(bob, vendor, ['One'])
  await bob.goto(`/requests?vendor=${encodeURIComponent(vendor)}`)
  const row = bob.getByRole('link', { name: 'One', exact: true })
  await row.focus()
  await bob.keyboard.press('a')
  const dialog = bob.getByRole('dialog', { name: /^Assign: SF-/ })
  await dialog.getByLabel('Engineer').selectOption({ index: 1 })
  await dialog.getByLabel('Estimated hours').fill('0')
  await dialog.getByRole('button', { name: 'Assign' }).click()
  await expect(dialog.getByLabel('Estimated hours')).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog.getByLabel('Estimated hours')).toHaveValue('0')
  await expectNoFaults(bob)
  await bob.keyboard.press('Escape')
  await expect(row).toBeFocused()
  await bob.keyboard.press('p')
  await bob.getByRole('dialog').getByRole('button', { name: 'High' }).click()
  await expect(bob.getByText('1 request set to High')).toBeVisible()
})

for (const [size, options] of Object.entries({ desktop: {}, phone })) {
  test(`all that matches is selected and moved, with a reason where one is needed (${size})`, async ({
    browser,
  }) => {
    const bob = await pageOf(browser, 'bob', options)
    const vendor = unique('Moved')
    const [, , third] = await submitSome(bob, vendor, ['One', 'Two', 'Three'])
    await patch(bob, `${third}/status`, { status: 'Cancelled', reason: 'Not needed.' })
    await bob.goto(`/requests?vendor=${encodeURIComponent(vendor)}&sort=title`)
    await expect(bob.getByRole('link', { name: 'Three' })).toBeVisible()
    if (size === 'phone') {
      await bob.getByRole('button', { name: 'Columns, groups and order' }).click()
      await bob.getByRole('button', { name: 'Select requests' }).click()
    } else
      await bob
        .getByRole('checkbox', { name: /^Select SF-/ })
        .first()
        .check()
    const bar = bob.getByRole('region', { name: 'Selected requests' })
    await bar.getByRole('button', { name: 'Select all 3' }).click()
    await expect(bar.getByText('3 selected')).toBeVisible()
    await expectNoFaults(bob)
    await bar.getByRole('button', { name: 'Move' }).click()
    const dialog = bob.getByRole('dialog', { name: 'Move: 3 requests' })
    await dialog.getByRole('radio', { name: /Denied/ }).check()
    await dialog.getByRole('button', { name: 'Move' }).click()
    await expect(dialog.getByText('This move needs a reason.')).toBeVisible()
    await dialog.getByLabel('Reason').fill('No capacity.')
    await dialog.getByRole('button', { name: 'Move' }).click()
    const outcome = bob.getByRole('region', { name: 'What was done' })
    await expect(outcome.getByText('2 requests moved to Denied, 1 refused')).toBeVisible()
    await expectNoFaults(bob)
    await screenshot(bob, `list-moved-${size}`)
  })

  test(`a saved board keeps its layout, is shared, renamed, deleted and put back (${size})`, async ({
    browser,
  }) => {
    const bob = await pageOf(browser, 'bob', options)
    const [first, second] = [unique('Boarded'), unique('Renamed')]
    await bob.goto('/board?priority=High')
    await bob.getByRole('button', { name: 'Save view' }).click()
    await bob.getByLabel('Name').fill(first)
    await bob.getByLabel('Share with').check()
    await bob.getByRole('dialog').getByRole('button', { name: 'Save view' }).click()
    await expect(bob.getByRole('heading', { name: first })).toBeVisible()
    await expect(bob.getByRole('link', { name: 'Show as board' })).toHaveAttribute(
      'aria-current',
      'page',
    )
    const address = new URL(bob.url()).pathname
    const charlie = await pageOf(browser, 'charlie', options)
    await charlie.goto(address)
    await expect(charlie.getByRole('heading', { name: first })).toBeVisible()
    const alice = await pageOf(browser, 'alice', options)
    await alice.goto(address)
    await expect(alice.getByText('There is no such view')).toBeVisible()
    await bob.getByRole('button', { name: 'Rename' }).click()
    await bob.getByRole('textbox', { name: 'Name' }).fill(second)
    await bob.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(bob.getByRole('heading', { name: second })).toBeVisible()
    await expectNoFaults(bob)
    await screenshot(bob, `view-board-${size}`)
    await bob.getByRole('button', { name: 'Delete' }).click()
    await expect(bob).toHaveURL(/board\?priority=High/)
    await bob.getByRole('button', { name: 'Undo' }).click()
    await expect(bob.getByRole('heading', { name: second })).toBeVisible()
  })
}

test('a click with Shift selects all between; columns can be left out, rows be higher', async ({
  browser,
}) => {
  const bob = await pageOf(browser, 'bob')
  const vendor = unique('Range')
  await submitSome(bob, vendor, ['One', 'Two', 'Three', 'Four'])
  await bob.goto(`/requests?vendor=${encodeURIComponent(vendor)}`)
  const boxes = bob.getByRole('checkbox', { name: /^Select SF-/ })
  await boxes.first().click()
  await boxes.nth(2).click({ modifiers: ['Shift'] })
  await expect(bob.getByText('3 selected')).toBeVisible()
  await bob.getByRole('button', { name: 'Columns, groups and order' }).click()
  await bob.getByRole('checkbox', { name: 'Vendor' }).uncheck()
  await expect(bob.getByRole('columnheader', { name: 'Vendor' })).toHaveCount(0)
  await bob.locator('label', { hasText: 'Rows' }).getByRole('combobox').selectOption('Comfortable')
  const height = () => bob.locator('tr[data-index]').first().boundingBox()
  await expect.poll(async () => (await height())?.height).toBe(44)
  await expectNoFaults(bob)
})

test('an export has a row for each request that matches', async ({ browser }) => {
  const bob = await pageOf(browser, 'bob')
  const vendor = unique('Exported')
  await submitSome(bob, vendor, ['One', 'Two'])
  await bob.goto(`/requests?vendor=${encodeURIComponent(vendor)}`)
  await bob.getByRole('button', { name: 'Export', exact: true }).click()
  const coming = bob.waitForEvent('download')
  await bob.getByRole('link', { name: /^CSV/ }).click()
  const text = await readFile(await (await coming).path(), 'utf8')
  expect(text.split('\n').filter((line) => line.includes('SF-'))).toHaveLength(2)
})
