import { expect, test } from '@playwright/test'
import { pageOf, screenshot, submit, unique } from './people'

test('filters, search and order stand in the address and survive a reload', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const word = unique('Sealing').replace(' ', '')
  const title = `Cable wear ${word}`
  await submit(page, title, { priority: 'High' })
  await submit(page, `Another one ${word}`, { priority: 'Low' })

  await page.goto('/requests')
  await page.getByLabel('Search').fill(word)
  await expect(page.getByText('2 found')).toBeVisible()
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Priority' }).click()
  await page.getByRole('checkbox', { name: 'High' }).check()
  await page.keyboard.press('Escape')
  await expect(page.getByText('1 found')).toBeVisible()
  await page.getByRole('button', { name: 'Updated', exact: true }).click()
  await expect(page).toHaveURL(/q=.*priority=High.*sort=-updatedAt/)

  await page.reload()
  await expect(page.getByText('1 found')).toBeVisible()
  await expect(page.getByLabel('Search')).toHaveValue(word)
  await expect(page.getByRole('link', { name: title })).toBeVisible()
  await screenshot(page, 'list-filtered')

  await page.getByRole('link', { name: title }).click()
  await page.getByRole('link', { name: 'Back to the list' }).click()
  await expect(page).toHaveURL(/priority=High/)
  await page.getByRole('button', { name: 'Clear all' }).click()
  await expect(page.getByText('in all')).toBeVisible()
  await expect(page.getByLabel('Search')).toHaveValue('')
})

test('pages lead forward and back, by the buttons and by the browser', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const vendor = unique('Many')
  await Promise.all(
    Array.from({ length: 55 }, (_, n) => submit(page, `Request number ${n}`, { vendor })),
  )
  await page.goto(`/requests?vendor=${encodeURIComponent(vendor)}&sort=key`)
  const rows = page.getByRole('table').getByRole('row')
  await expect(rows).toHaveCount(51)
  const first = await rows.nth(1).getByRole('link').textContent()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(rows).toHaveCount(6)
  await expect(page.getByText('Page 2 of 2')).toBeVisible()
  await page.reload()
  await expect(rows).toHaveCount(6)
  await page.getByRole('button', { name: 'Previous' }).click()
  await expect(rows).toHaveCount(51)
  await expect(rows.nth(1).getByRole('link')).toHaveText(first ?? '')
  await page.goBack()
  await expect(rows).toHaveCount(6)
})

test('nothing found says so and leads back', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  await page.goto('/requests?vendor=Nobody%20makes%20these')
  await expect(page.getByText('No request matches')).toBeVisible()
  await page.getByRole('link', { name: 'Show everything' }).click()
  await expect(page).toHaveURL(/\/requests$/)
})

test('a list that cannot be loaded says so and can be tried again', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  await page.route('**/api/requests?*', (route) => route.fulfill({ status: 503, body: '{}' }))
  await page.goto('/requests')
  await expect(page.getByText('The database cannot be reached')).toBeVisible()
  await page.unroute('**/api/requests?*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('table')).toBeVisible()
})
