import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { inScheme, pageOf, patch, screenshot, submit, test, unique } from './people'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

const side = (page: Page) => page.getByRole('complementary', { name: 'Status and properties' })

test('the due date is changed where it stands, and put back with Undo', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const key = await submit(page, unique('Due'), { dueDate: inDays(3) })
  await page.goto(`/requests/${key}`)
  const due = page.getByRole('button', { name: 'Change the due date' })
  const before = await due.textContent()
  await due.click()
  await page.getByRole('dialog', { name: 'Due date' }).getByLabel('Due on').fill('2031-05-06')
  await page.keyboard.press('Enter')
  await expect(due).toContainText('6 May 2031')
  await expect(page.getByText(`Due date of ${key} is 6 May 2031.`)).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(due).toHaveText(before ?? '')
  await due.click()
  await page.getByRole('button', { name: 'No due date' }).click()
  await expect(due).toContainText('none')
  await expect(page.getByText(`${key} has no due date.`)).toBeVisible()
})

test('what is overdue says so in a word', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const key = await submit(page, unique('Late'), { dueDate: inDays(-2) })
  await page.goto(`/requests/${key}`)
  await expect(side(page).getByText('overdue')).toBeVisible()
})

test('tags are ticked or typed, and change at once', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const tag = unique('spot').toLowerCase()
  await submit(page, unique('Earlier'), { tags: [tag] })
  const key = await submit(page, unique('Tagged'))
  await page.goto(`/requests/${key}`)
  const tags = page.getByRole('button', { name: 'Change the tags' })
  await tags.click()
  const panel = page.getByRole('dialog', { name: 'Tags' })
  await panel.getByLabel('Find in this list').fill(tag.slice(0, 12))
  await panel.getByRole('checkbox', { name: tag }).check()
  await panel.getByLabel('Find in this list').fill('Brand New')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(tags).toContainText('brand new')
  await expect(tags).toContainText(tag)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(tags).toContainText('none')
})

test('what the server refuses is told, and the tags stay', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const key = await submit(page, unique('Refused'), { tags: ['kept'] })
  await page.goto(`/requests/${key}`)
  const tags = page.getByRole('button', { name: 'Change the tags' })
  await tags.click()
  await page.getByLabel('Find in this list').fill('x'.repeat(41))
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alert')).toContainText('40')
  await expect(tags).toHaveText('Change the tags: kept')
})

test('watching is one click, and who watches stands there', async ({ browser }) => {
  const alice = await pageOf(browser, 'alice')
  const bob = await pageOf(browser, 'bob')
  const key = await submit(alice, unique('Watched'))
  await bob.goto(`/requests/${key}`)
  await expect(bob.getByRole('button', { name: 'Who watches: 1' })).toBeVisible()
  await bob.getByRole('button', { name: 'Watch', exact: true }).click()
  const stop = bob.getByRole('button', { name: 'Stop watching' })
  await expect(stop).toBeVisible()
  await bob.getByRole('button', { name: 'Who watches: 2' }).click()
  await expect(bob.getByRole('dialog', { name: 'Who watches' })).toContainText('Bob Manager')
  await bob.keyboard.press('Escape')
  await bob.reload()
  await stop.click()
  await expect(bob.getByRole('button', { name: 'Who watches: 1' })).toBeVisible()
})

test('requests are linked by key and by words, a circle is refused, a link is removed', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'alice')
  const name = unique('Cell layout')
  const first = await submit(page, name)
  const second = await submit(page, unique('Reach'))
  const linkTo = async (relation: string, words: string) => {
    await page.getByRole('button', { name: 'Add a link' }).click()
    await page.getByLabel('This request').selectOption(relation)
    await page.getByLabel('The other request').fill(words)
  }
  await page.goto(`/requests/${second}`)
  await linkTo('blocks', name)
  await page.getByRole('list', { name: 'Found' }).getByRole('button', { name: first }).click()
  const links = page.getByRole('region', { name: 'Links' })
  await expect(links.getByRole('heading', { name: 'Blocks', exact: true })).toBeVisible()

  await links.getByRole('link', { name: first }).click()
  await expect(links.getByRole('heading', { name: 'Blocked by' })).toBeVisible()
  await linkTo('blocks', second)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(/circle/i)
  await page.keyboard.press('Escape')

  await links.getByRole('button', { name: `Remove the link to ${second}` }).click()
  await expect(links.getByRole('link', { name: second })).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(links.getByRole('link', { name: second })).toBeVisible()
})

test('the page says who has the ball and what is next', async ({ browser }) => {
  const alice = await pageOf(browser, 'alice')
  const bob = await pageOf(browser, 'bob')
  const key = await submit(alice, unique('Ball'))
  await alice.goto(`/requests/${key}`)
  const standing = alice.getByRole('region', { name: 'Status', exact: true })
  await expect(standing).toContainText('Waits for a manager, next: start review')
  await bob.goto(`/requests/${key}`)
  await expect(bob.getByText('Waits for you or another manager')).toBeVisible()
  await patch(bob, `${key}/status`, { status: 'Denied', reason: 'No model.' })
  await expect(standing).toContainText('Waits for nobody')
})

test('previous and next lead along the list that one came from, and back to it', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'alice')
  const word = unique('Trail').replace(' ', '')
  const keys = []
  for (const letter of ['A', 'B', 'C']) keys.push(await submit(page, `${word} ${letter}`))
  const address = `/requests?q=${word}&sort=title`
  await page.goto(address)
  await page.getByRole('link', { name: `${word} B` }).click()
  await expect(page.getByRole('heading', { name: keys[1], level: 1 })).toBeVisible()
  await page.getByRole('link', { name: 'Next in the list' }).click()
  await expect(page.getByRole('heading', { name: keys[2], level: 1 })).toBeVisible()
  await expect(page.getByRole('img', { name: 'Next in the list: there is none' })).toBeVisible()
  await page.keyboard.press('k')
  await page.keyboard.press('k')
  await expect(page.getByRole('heading', { name: keys[0], level: 1 })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('link', { name: 'Previous in the list' })).toHaveCount(0)
  await expect(page.getByRole('heading', { name: keys[0], level: 1 })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Next in the list' })).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.getByRole('heading', { name: keys[1], level: 1 })).toBeVisible()
  await page.getByRole('link', { name: 'Back to the list' }).click()
  await expect(page).toHaveURL(new RegExp(`q=${word}&sort=title$`))
  await page.goto(`/requests/${keys[1]}`)
  await expect(page.getByRole('heading', { name: keys[1], level: 1 })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Next in the list' })).toHaveCount(0)
})

test('from home and from a saved view one comes back to there', async ({ browser }) => {
  const page = await pageOf(browser, 'bob')
  const word = unique('View').replace(' ', '')
  const key = await submit(page, word)
  await page.goto('/')
  await page.getByRole('main').locator('a[href^="/requests/SF-"]').first().click()
  await page.getByRole('link', { name: 'Back to home' }).click()
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
  const answer = await page.request.post('/api/views', {
    data: { name: word, layout: 'list', query: { q: word }, shared: false },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  const { view } = await answer.json()
  await page.goto(`/views/${view.id}`)
  await page.getByRole('link', { name: word, exact: true }).last().click()
  await expect(page.getByRole('heading', { name: key, level: 1 })).toBeVisible()
  await page.getByRole('link', { name: 'Back to the view' }).click()
  await expect(page).toHaveURL(new RegExp(`/views/${view.id}$`))
  await page.request.delete(`/api/views/${view.id}`)
})

for (const [name, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`the properties on a ${name} are accessible`, async ({ browser }) => {
    const page = await pageOf(browser, 'alice', { viewport })
    const other = await submit(page, unique('The other one'))
    const key = await submit(page, unique('Properties'), {
      dueDate: inDays(-1),
      tags: ['spot welding', 'line 3'],
    })
    const data = { relation: 'blockedBy', request: other }
    expect((await page.request.post(`/api/requests/${key}/links`, { data })).ok()).toBe(true)
    await page.goto(`/requests/${key}`)
    if (name === 'phone') await page.getByText('Properties', { exact: true }).click()
    await expect(page.getByRole('link', { name: other })).toBeVisible()
    await expect(page.getByText('Stop watching')).toBeVisible()
    for (const colorScheme of ['light', 'dark'] as const) {
      await inScheme(page, colorScheme)
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
      await screenshot(page, `properties-${name}-${colorScheme}`)
    }
    await page.getByRole('button', { name: 'Add a link' }).click()
    await expect(page.getByLabel('The other request')).toBeVisible()
    await page.getByLabel('The other request').fill('the other one')
    await expect(
      page.getByRole('list', { name: 'Found' }).getByRole('button').first(),
    ).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await screenshot(page, `add-link-${name}`)
  })
}
