import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page } from '@playwright/test'
import { pageOf, screenshot, submit, test, unique } from './people'

const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
}

async function expectClean(page: Page, name: string): Promise<void> {
  await screenshot(page, name)
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join()}`)
  expect(found, name).toEqual([])
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wider, `${name} scrolls sideways`).toBeLessThanOrEqual(0)
}

async function checkSignedIn(browser: Browser, options: object, suffix: string): Promise<void> {
  const page = await pageOf(browser, 'dave', options)
  const key = await submit(page, unique('Wort'.repeat(40)), {
    description: `${'Wort'.repeat(400)}\n${'שלום עולם 🤖 '.repeat(60)}`,
  })
  await page.request.post(`/api/requests/${key}/comments`, {
    data: { content: 'Between us.', internal: true },
  })
  await page.goto('/requests?createdBy=me')
  await expect(page.getByRole('link', { name: 'WortWort' }).first()).toBeVisible()
  await expectClean(page, `list-${suffix}`)
  await page.goto(`/requests/${key}`)
  await expect(page.getByText('submitted the request')).toBeVisible()
  await expectClean(page, `request-${suffix}`)
  await page.getByRole('button', { name: 'Deny', exact: true }).click()
  await expect(page.getByLabel('Reason')).toBeFocused()
  await expectClean(page, `dialog-${suffix}`)
  await page.goto('/requests/new')
  await expect(page.getByLabel('Title')).toBeVisible()
  await expectClean(page, `new-${suffix}`)
  await page.goto('/import')
  await expect(page.getByLabel('File of the old app')).toBeVisible()
  await expectClean(page, `import-${suffix}`)
  await page.goto('/jobs')
  await expect(page.getByText('No job has failed for good.')).toBeVisible()
  await expectClean(page, `jobs-${suffix}`)
}

for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const suffix = `${size}-${colorScheme}`

    test(`axe finds nothing: pages of the app, ${suffix}`, async ({ browser }) => {
      test.setTimeout(120_000)
      await checkSignedIn(browser, { viewport, colorScheme }, suffix)
    })

    test(`axe finds nothing: open pages, ${suffix}`, async ({ browser }) => {
      const page = await (await browser.newContext({ viewport, colorScheme })).newPage()
      await page.goto('/sign-in')
      await expect(page.getByRole('button', { name: 'Alice User' })).toBeVisible()
      await expectClean(page, `sign-in-${suffix}`)
      await page.goto('/export-old-data.html')
      await expect(page.getByText('localStorage.getItem')).toBeVisible()
      await expectClean(page, `export-${suffix}`)
    })
  }
}

test('everything on the way to a new request is reached by keyboard', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  await page.goto('/requests')
  await expect(page.getByRole('heading', { name: 'Requests', exact: true })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  // The width of the navigation and the search stand before it.
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'New request' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'New request' })).toBeFocused()
  await expect(page).toHaveTitle('New request · Sim-Flow')
  const title = unique('By keyboard')
  for (const text of [title, 'Described.', 'ABB']) {
    await page.keyboard.press('Tab')
    await page.keyboard.type(text)
  }
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
})
