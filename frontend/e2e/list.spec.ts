import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { pageOf, screenshot, submit, test, unique } from './people'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

const rowsOf = (page: Page) => page.locator('[data-index]:not(:has([aria-expanded]))')

async function addFilter(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
}

async function expectNoFaults(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

async function submitMany(page: Page, vendor: string, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, n) => String(n).padStart(3, '0'))
  for (let first = 0; first < count; first += 20)
    await Promise.all(
      numbers.slice(first, first + 20).map((n) => submit(page, `Number ${n}`, { vendor })),
    )
}

test('filters, search and order stand in the address and survive a reload', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const word = unique('Sealing').replace(' ', '')
  const title = `Cable wear ${word}`
  await submit(page, title, { priority: 'High' })
  await submit(page, `Another one ${word}`, { priority: 'Low' })

  await page.goto('/requests')
  await page.getByLabel('Search').fill(word)
  await expect(page.getByText('2 found')).toBeVisible()
  await addFilter(page, 'Priority')
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

for (const [size, options] of Object.entries({ desktop: {}, phone })) {
  test(`a filter is a chip that says what it means (${size})`, async ({ browser }) => {
    const page = await pageOf(browser, 'alice', options)
    await submit(page, unique('Chips'))
    await page.goto('/requests?status=Denied&status=Submitted&createdBy=me')
    const chips = page.getByRole('list', { name: 'Filters' })
    await expect(chips.getByText('Status is Submitted or Denied')).toBeVisible()
    await chips.getByRole('button', { name: /^Remove the filter: Requested by me/ }).click()
    await expect(page).not.toHaveURL(/createdBy/)
    await chips.getByRole('button', { name: /^Status is/ }).click()
    await page.getByRole('checkbox', { name: 'Denied' }).uncheck()
    await page.keyboard.press('Escape')
    await expect(
      chips.getByRole('button', { name: 'Status is Submitted', exact: true }),
    ).toBeFocused()
    await addFilter(page, 'Created')
    await page.getByLabel('From').fill('2026-01-05')
    await expect(chips.getByText(/Created since 5 Jan/)).toBeVisible()
    await expectNoFaults(page)
    await page.keyboard.press('Escape')
    await expectNoFaults(page)
    await page.getByRole('link', { name: 'Show as board' }).click()
    await expect(page).toHaveURL(/board\?status=Submitted&createdFrom=/)
  })

  test(`scrolling goes on to the last row, and back leads to the same place (${size})`, async ({
    browser,
  }) => {
    const page = await pageOf(browser, 'alice', options)
    const vendor = unique('Many')
    await submitMany(page, vendor, 230)
    await page.goto(`/requests?vendor=${encodeURIComponent(vendor)}&sort=title`)
    await expect(page.getByText('230 found')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Number 000' })).toBeVisible()
    // What is not in view is not drawn.
    expect(await rowsOf(page).count()).toBeLessThan(60)
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
    await expect(page.getByRole('link', { name: 'Number 229' })).toBeVisible()
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight / 2))
    const middle = page.getByRole('link', { name: 'Number 122' })
    await expect(middle).toBeInViewport()
    const before = await page.evaluate(() => window.scrollY)
    await middle.click()
    await expect(page.getByRole('heading', { name: 'Number 122' })).toBeVisible()
    await page.getByRole('link', { name: 'Back to the list' }).click()
    await expect(middle).toBeInViewport()
    expect(await page.evaluate(() => window.scrollY)).toBe(before)
    await screenshot(page, `list-scrolled-${size}`)
  })

  test(`groups have exact counts and fold (${size})`, async ({ browser }) => {
    const page = await pageOf(browser, 'alice', options)
    const vendor = unique('Groups')
    await submitMany(page, vendor, 3)
    await submit(page, 'An urgent one', { vendor, priority: 'High' })
    await page.goto(`/requests?vendor=${encodeURIComponent(vendor)}&group=priority`)
    const high = page.getByRole('button', { name: 'High 1' })
    await expect(high).toHaveAttribute('aria-expanded', 'true')
    await expect(page.getByRole('button', { name: 'Medium 3' })).toBeVisible()
    await expect(rowsOf(page)).toHaveCount(4)
    await high.focus()
    await page.keyboard.press('Enter')
    await expect(high).toHaveAttribute('aria-expanded', 'false')
    await expect(rowsOf(page)).toHaveCount(3)
    await expectNoFaults(page)
    await screenshot(page, `list-grouped-${size}`)
  })
}

test('a phone, which has no heads of columns, orders by the menu', async ({ browser }) => {
  const page = await pageOf(browser, 'alice', phone)
  const vendor = unique('Ordered')
  for (const title of ['Beta', 'Alpha', 'Gamma']) await submit(page, title, { vendor })
  await page.goto(`/requests?vendor=${encodeURIComponent(vendor)}`)
  await expect(rowsOf(page)).toContainText(['Gamma', 'Alpha', 'Beta'])
  await page.getByRole('button', { name: 'Columns, groups and order' }).click()
  await page.getByLabel('Order by').selectOption('Title')
  await expect(page).toHaveURL(/sort=title/)
  await expect(rowsOf(page)).toContainText(['Alpha', 'Beta', 'Gamma'])
  await expectNoFaults(page)
  await screenshot(page, 'list-order-phone')
  await page.getByRole('button', { name: 'Ascending: turn round' }).click()
  await expect(page).toHaveURL(/sort=-title/)
  await expect(rowsOf(page)).toContainText(['Gamma', 'Beta', 'Alpha'])
})

test('keys lead through the rows and open one', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const vendor = unique('Keys')
  await submitMany(page, vendor, 120)
  await page.goto(`/requests?vendor=${encodeURIComponent(vendor)}&sort=title`)
  await expect(page.getByRole('link', { name: 'Number 000' })).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.getByRole('link', { name: 'Number 000' })).toBeFocused()
  for (let times = 0; times < 60; times++) await page.keyboard.press('j')
  await expect(page.getByRole('link', { name: 'Number 060' })).toBeFocused()
  await expect(page.getByRole('link', { name: 'Number 060' })).toBeInViewport()
  await page.keyboard.press('k')
  await page.keyboard.press('x')
  await expect(page.getByRole('checkbox', { name: /^Select SF-/, checked: true })).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Number 059' })).toBeVisible()
})

test('a table tells how long it is and where each row stands', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const vendor = unique('Counted')
  await submitMany(page, vendor, 45)
  await page.goto(`/requests?vendor=${encodeURIComponent(vendor)}&sort=title`)
  const table = page.getByRole('table', { name: 'Requests' })
  await expect(table).toHaveAttribute('aria-rowcount', '46')
  await expect(page.getByRole('row').filter({ hasText: 'Number 010' })).toHaveAttribute(
    'aria-rowindex',
    '12',
  )
  const inView = await rowsOf(page).evaluateAll(
    (rows) => rows.filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length,
  )
  expect(inView).toBeGreaterThanOrEqual(18)
  await expectNoFaults(page)
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
  // A stream that opens would have the list asked for again by itself.
  await page.route('**/api/events', (route) => route.abort())
  await page.route('**/api/requests?*', (route) => route.fulfill({ status: 503, body: '{}' }))
  await page.goto('/requests')
  await expect(page.getByText('The database cannot be reached')).toBeVisible()
  await page.unroute('**/api/requests?*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('table')).toBeVisible()
})
