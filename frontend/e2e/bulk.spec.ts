import { expect, test } from '@playwright/test'
import { pageOf, patch, screenshot, submit, unique } from './people'

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
