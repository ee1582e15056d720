import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { pageOf, screenshot, test, unique } from './people'

function oldRequest(title: string, changes = {}) {
  return {
    id: randomUUID(),
    title,
    description: 'Cycle time &lt; 45 s',
    vendor: 'KUKA',
    status: 'In Progress',
    priority: 'Medium',
    createdBy: 'u1',
    createdByName: 'Alice User',
    createdAt: '2025-09-19T05:18:24.000Z',
    assignedTo: 'e1',
    assignedToName: 'Charlie Engineer',
    estimatedHours: 16,
    comments: [
      {
        id: randomUUID(),
        authorName: 'Alice User',
        authorRole: 'End-User',
        content: 'R&amp;D asks for this.',
        timestamp: '2025-09-20T05:18:24.000Z',
      },
    ],
    ...changes,
  }
}

test('old data is shown first and imported then, the damaged part left out', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'dave')
  const title = unique('Old request')
  const entries = [oldRequest(`${title} R&amp;D`), oldRequest('Lost', { status: 'Somewhere' })]
  const file = {
    name: 'sim-flow-export.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(entries)),
  }
  await page.goto('/requests')
  await page.getByRole('link', { name: 'Import old data' }).click()
  await page.getByLabel('File of the old app').setInputFiles(file)
  await expect(page.getByText('Nothing has been changed yet.')).toBeVisible()
  await expect(page.getByRole('cell', { name: 'Alice User' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'What cannot be taken' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  await screenshot(page, 'import-preview')
  await page.getByLabel('Take everything else').check()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByText('Imported 1 request and 1 comment.')).toBeVisible()

  await page.getByRole('link', { name: 'Go to the list' }).click()
  await page.getByLabel('Search').fill(title)
  await page.getByRole('link', { name: `${title} R&D` }).click()
  await expect(page.getByText('Cycle time < 45 s')).toBeVisible()
  await expect(page.getByText('R&D asks for this.')).toBeVisible()
  await expect(page.getByText('imported it from the old app')).toBeVisible()

  await page.goto('/import')
  await page.getByLabel('File of the old app').setInputFiles(file)
  await expect(page.getByText('There is nothing in this file to import.')).toBeVisible()
})

test('a file that is none of ours is refused with a reason', async ({ browser }) => {
  const page = await pageOf(browser, 'dave')
  await page.goto('/import')
  await page.getByLabel('File of the old app').setInputFiles({
    name: 'holiday.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"no": '),
  })
  await expect(page.getByRole('alert')).toBeVisible()
})

test('the export page saves what the old app left in this browser', async ({ page }) => {
  await page.goto('/export-old-data.html')
  await expect(page.getByText('This browser has no old data')).toBeVisible()
  await page.evaluate(() => localStorage.setItem('sim-flow-requests', '[{"id": 1}]'))
  await page.reload()
  await expect(page.getByText('1 request of the old app is in this browser.')).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the file' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('sim-flow-export.json')
  await page.getByRole('button', { name: 'Copy the text' }).click()
  await expect(page.getByRole('status')).toHaveText(/Copied|Marked/)
})
