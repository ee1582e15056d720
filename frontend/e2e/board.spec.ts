import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Locator, type Page } from '@playwright/test'
import { pageOf, patch, screenshot, submit, test, unique } from './people'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

const word = (title: string) => unique(title).replace(' ', '')
const column = (page: Page, status: string) => page.locator(`[data-column="${status}"]`)
const card = (place: Page | Locator, key: string) =>
  place.locator('[data-card]').filter({ hasText: key })
const said = (page: Page) => page.locator('[data-announce]')

async function openBoard(page: Page, search: string): Promise<void> {
  await page.goto(`/board?q=${search}`)
  await expect(page.locator('[data-drag="ready"]')).toBeVisible()
  await expect(page.locator('[data-connection="live"]')).toBeAttached()
}

async function boardOf(browser: Browser, title: string, options = {}) {
  const page = await pageOf(browser, 'bob', options)
  const search = word(title)
  const key = await submit(page, `${search} one`)
  return { page, search, key }
}

async function centre(place: Locator): Promise<{ x: number; y: number }> {
  const box = await place.boundingBox()
  if (!box) throw new Error('not on screen')
  return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 200) }
}

async function lift(page: Page, what: Locator): Promise<void> {
  const from = await centre(what)
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + 8, from.y + 8)
}

async function dropOn(page: Page, where: Locator): Promise<void> {
  const to = await centre(where)
  await page.mouse.move(to.x, to.y, { steps: 5 })
  await page.mouse.up()
}

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

test('a card is dragged to where the server lets it go, and the counts follow', async ({
  browser,
}) => {
  const { page, search, key } = await boardOf(browser, 'Dragged')
  await submit(page, `${search} two`)
  await openBoard(page, search)
  await expect(column(page, 'Submitted')).toHaveAccessibleName('Submitted, 2')
  await lift(page, card(page, key))
  await expect(column(page, 'Feasibility Review')).toHaveAttribute('data-light', 'open')
  await expect(column(page, 'In Progress')).toHaveAttribute('data-light', 'closed')
  await screenshot(page, 'board-dragging')
  await dropOn(page, column(page, 'Feasibility Review'))
  await expect(card(column(page, 'Feasibility Review'), key)).toBeVisible()
  await expect(column(page, 'Submitted')).toHaveAccessibleName('Submitted, 1')
  await expect(column(page, 'Feasibility Review')).toHaveAccessibleName('Feasibility Review, 1')
  await expect(said(page)).toHaveText(`${key} is now in Feasibility Review.`)
  await expect(page).toHaveURL(/\/board/)
  await page.reload()
  await expect(card(column(page, 'Feasibility Review'), key)).toBeVisible()
})

test('a drop where no move leads does nothing and says why', async ({ browser }) => {
  const { page, search, key } = await boardOf(browser, 'Closed')
  const other = await submit(page, `${search} two`)
  await patch(page, `${other}/status`, { status: 'Feasibility Review' })
  await openBoard(page, search)
  await lift(page, card(page, other))
  await expect(column(page, 'Submitted')).toContainText('No move leads here')
  await dropOn(page, column(page, 'Submitted'))
  await expect(said(page)).toContainText(`${other} stays in Feasibility Review.`)
  await expect(card(column(page, 'Feasibility Review'), other)).toBeVisible()
  await expect(card(column(page, 'Submitted'), key)).toBeVisible()
})

test('what others may do is told in the words of the server', async ({ browser }) => {
  const alice = await pageOf(browser, 'alice')
  const search = word('Not mine')
  const key = await submit(alice, `${search} one`)
  await openBoard(alice, search)
  await alice.getByRole('link', { name: `${search} one` }).focus()
  await alice.keyboard.press('s')
  await expect(alice.getByRole('menuitem', { name: /Cancel request/ })).toBeEnabled()
  await expect(alice.getByRole('menuitem', { name: /Start review.*manager/ })).toBeDisabled()
  await alice.keyboard.press('Escape')
  await lift(alice, card(alice, key))
  await expect(column(alice, 'Cancelled')).toHaveAttribute('data-light', 'open')
  await expect(column(alice, 'Feasibility Review')).toHaveAttribute('data-light', 'closed')
  await alice.keyboard.press('Escape')
  await expect(column(alice, 'Cancelled')).not.toHaveAttribute('data-light', /./)
  await alice.mouse.up()
})

test('a drop that needs a reason asks for it first', async ({ browser }) => {
  const { page, search, key } = await boardOf(browser, 'Reasoned')
  await openBoard(page, search)
  await lift(page, card(page, key))
  await dropOn(page, column(page, 'Denied'))
  await expect(page.getByRole('dialog', { name: `Deny: ${key}` })).toBeVisible()
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(card(column(page, 'Submitted'), key)).toBeVisible()

  await lift(page, card(page, key))
  await dropOn(page, column(page, 'Denied'))
  await page.getByRole('button', { name: 'Deny', exact: true }).click()
  await expect(page.getByLabel('Reason')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Reason').fill('No such robot.')
  await page.getByRole('button', { name: 'Deny', exact: true }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(column(page, 'Denied')).toHaveAccessibleName('Denied, 1')
  await expect(card(column(page, 'Submitted'), key)).toHaveCount(0)
})

test('a drop that assigns asks for engineer and hours', async ({ browser }) => {
  const { page, search, key } = await boardOf(browser, 'Assigned')
  await openBoard(page, search)
  await lift(page, card(page, key))
  await dropOn(page, column(page, 'Engineering Review'))
  await expect(page.getByRole('dialog', { name: `Assign: ${key}` })).toBeVisible()
  await page.getByLabel('Engineer', { exact: true }).selectOption('Charlie Engineer')
  await page.getByLabel('Estimated hours').fill('24')
  await page.getByRole('button', { name: 'Assign', exact: true }).click()
  const there = card(column(page, 'Engineering Review'), key)
  await expect(there).toContainText('24 h')
  await expect(there).toContainText('Charlie Engineer')
})

test('a refused move is taken back visibly, with the reason of the server', async ({ browser }) => {
  const { page, search, key } = await boardOf(browser, 'Refused')
  await page.route('**/api/events', (route) => route.abort())
  await page.goto(`/board?q=${search}`)
  await expect(page.locator('[data-drag="ready"]')).toBeVisible()
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/status', async (route) => {
    await held
    await route.continue()
  })
  await lift(page, card(page, key))
  await dropOn(page, column(page, 'Feasibility Review'))
  const there = card(column(page, 'Feasibility Review'), key)
  await expect(there).toContainText('saving')
  // Somebody else changes the request before the answer comes.
  const answer = await page.request.patch(`/api/requests/${key}`, { data: { priority: 'High' } })
  expect(answer.ok()).toBe(true)
  release()
  await expect(page.getByRole('alert').filter({ hasText: key })).toContainText('stays in Submitted')
  await expect(card(column(page, 'Submitted'), key)).toBeVisible()
  await expect(card(column(page, 'Submitted'), key)).toHaveAttribute('data-refused', /./)
  await expect(there).toHaveCount(0)
  await screenshot(page, 'board-refused')
})

test('by keyboard: walk, pick up, choose, drop, cancel', async ({ browser }) => {
  const { page, search, key } = await boardOf(browser, 'Keys')
  const second = await submit(page, `${search} two`, { priority: 'Low' })
  const third = await submit(page, `${search} three`)
  await patch(page, `${third}/status`, { status: 'Feasibility Review' })
  await openBoard(page, search)
  const link = (title: string) =>
    page.getByRole('link', { name: `${search} ${title}`, exact: true })
  await link('one').focus()
  await page.keyboard.press('ArrowDown')
  await expect(link('two')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(link('three')).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(link('one')).toBeFocused()
  await page.keyboard.press('j')
  await expect(link('two')).toBeFocused()

  await page.keyboard.press('Space')
  await expect(said(page)).toContainText(`${second} picked up from Submitted. It can go to`)
  await page.keyboard.press('ArrowRight')
  await expect(said(page)).toContainText('Feasibility Review, 1 of')
  await expect(column(page, 'Feasibility Review')).toHaveAttribute('data-light', 'over')
  await page.keyboard.press('Escape')
  await expect(said(page)).toHaveText(`${second} stays in Submitted.`)
  await expect(link('two')).toBeFocused()

  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(said(page)).toHaveText(`${second} is now in Feasibility Review.`)
  await expect(card(column(page, 'Feasibility Review'), second)).toBeVisible()
  await expect(link('two')).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(link('one')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: `${search} one` })).toBeVisible()
  expect(key).not.toBe(second)
})

test('the menu of a card moves it, and a dialog gives the focus back', async ({ browser }) => {
  const { page, search, key } = await boardOf(browser, 'Menu')
  await openBoard(page, search)
  const link = page.getByRole('link', { name: `${search} one` })
  await link.focus()
  await page.keyboard.press('s')
  await page.getByRole('menuitem', { name: /^Deny/ }).click()
  await expect(page.getByRole('dialog', { name: `Deny: ${key}` })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(link).toBeFocused()
  await page.keyboard.press('s')
  await expect(page.getByRole('menuitem', { name: /^Start review/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(card(column(page, 'Feasibility Review'), key)).toBeVisible()
  await expect(link).toBeFocused()
})

test('cards move when others move them, but not the one under the pointer', async ({ browser }) => {
  const { page, search, key } = await boardOf(browser, 'Live')
  const other = await submit(page, `${search} two`)
  const dave = await pageOf(browser, 'dave')
  await openBoard(page, search)
  await card(page, key).hover()
  await patch(dave, `${key}/status`, { status: 'Feasibility Review' })
  await patch(dave, `${other}/status`, { status: 'Feasibility Review' })
  await expect(column(page, 'Feasibility Review')).toHaveAccessibleName('Feasibility Review, 2')
  await expect(column(page, 'Submitted')).toHaveAccessibleName('Submitted, 0')
  await expect(card(column(page, 'Submitted'), key)).toContainText('Now Feasibility Review')
  await page.mouse.move(700, 20)
  await expect(card(column(page, 'Submitted'), key)).toHaveCount(0)
  await expect(card(column(page, 'Feasibility Review'), key)).toBeVisible()
})

test('a card in the hand stays there while others change the board', async ({ browser }) => {
  const { page, search, key } = await boardOf(browser, 'Hand')
  const dave = await pageOf(browser, 'dave')
  await openBoard(page, search)
  await lift(page, card(page, key))
  await expect(column(page, 'Feasibility Review')).toHaveAttribute('data-light', 'open')
  await patch(dave, `${key}/status`, { status: 'Feasibility Review' })
  await expect(column(page, 'Feasibility Review')).toHaveAccessibleName('Feasibility Review, 1')
  await dropOn(page, column(page, 'Cancelled'))
  await expect(page.getByRole('dialog', { name: `Cancel request: ${key}` })).toBeVisible()
})

test('columns go on as far as one scrolls', async ({ browser }) => {
  test.setTimeout(120_000)
  const page = await pageOf(browser, 'bob')
  const search = word('Many')
  for (let round = 0; round < 12; round++) {
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => submit(page, `${search} no${round * 10 + n}`)),
    )
  }
  await openBoard(page, search)
  await expect(column(page, 'Submitted')).toHaveAccessibleName('Submitted, 120')
  const lane = page.locator('[data-lane="Submitted"]')
  await expect(lane.locator('[data-card]').first()).toBeVisible()
  expect(await lane.locator('[data-card]').count()).toBeLessThan(30)
  const last = (place: number) => lane.locator(`[aria-posinset="${place}"] a`)
  await lane.locator('a').first().focus()
  for (const loaded of [50, 100, 120]) {
    await expect(lane).toHaveAttribute('data-loaded', String(loaded))
    await page.keyboard.press('End')
    await expect(last(loaded)).toBeFocused()
  }
})

test('filters stay when the layout changes, and the way back leads to the board', async ({
  browser,
}) => {
  const { page, search, key } = await boardOf(browser, 'Kept')
  await openBoard(page, search)
  await page.getByRole('link', { name: 'Show as list' }).click()
  await expect(page).toHaveURL(new RegExp(`/requests\\?q=${search}`))
  await page.getByRole('link', { name: 'Show as board' }).click()
  await expect(page).toHaveURL(new RegExp(`/board\\?q=${search}`))
  await card(page, key).getByRole('link').click()
  await page.getByRole('link', { name: 'Back to the board' }).click()
  await expect(page).toHaveURL(new RegExp(`/board\\?q=${search}`))
})

test('a filtered status leaves the others as strips that can be dropped on', async ({
  browser,
}) => {
  const { page, search, key } = await boardOf(browser, 'Strips')
  await page.goto(`/board?q=${search}&status=Submitted`)
  await expect(page.locator('[data-drag="ready"]')).toBeVisible()
  await lift(page, card(page, key))
  await dropOn(page, column(page, 'Feasibility Review'))
  await expect(said(page)).toHaveText(`${key} is now in Feasibility Review.`)
  await expect(column(page, 'Submitted')).toHaveAccessibleName('Submitted, 0')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing is wrong for assistive technology, in ${colorScheme}`, async ({ browser }) => {
    const { page, search } = await boardOf(browser, 'Axe', { colorScheme })
    await openBoard(page, search)
    await expect(page.locator('[data-card]')).toHaveCount(1)
    await clean(page)
    await page.getByRole('link', { name: `${search} one` }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await clean(page)
    await screenshot(page, `board-${colorScheme}`)
  })
}

async function touch(page: Page) {
  const session = await page.context().newCDPSession(page)
  return async (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) => {
    await session.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] })
  }
}

test('on a phone: a long press drags to the places at the thumb', async ({ browser }) => {
  const { page, search, key } = await boardOf(browser, 'Thumb', phone)
  await openBoard(page, search)
  const finger = await touch(page)
  const from = await centre(card(page, key))
  await finger('touchStart', from)
  const place = page.locator('[data-drop="Feasibility Review"]').last()
  await expect(place).toBeVisible()
  await screenshot(page, 'board-phone-dragging')
  const to = await centre(place)
  await finger('touchMove', { x: from.x, y: from.y + 20 })
  await finger('touchMove', to)
  await expect(place).toHaveAttribute('data-over', 'true')
  await finger('touchEnd')
  await expect(said(page)).toHaveText(`${key} is now in Feasibility Review.`)
  await page.getByLabel('Column', { exact: true }).selectOption('Feasibility Review')
  await expect(card(column(page, 'Feasibility Review'), key)).toBeInViewport()
})

test('on a phone: one column at a time, by picker and by swipe', async ({ browser }) => {
  const { page, search, key } = await boardOf(browser, 'Swipe', phone)
  await patch(page, `${key}/status`, { status: 'Feasibility Review' })
  await openBoard(page, search)
  const picker = page.getByLabel('Column', { exact: true })
  await expect(picker).toHaveValue('Submitted')
  await page.getByRole('button', { name: 'Column after' }).click()
  await expect(picker).toHaveValue('Feasibility Review')
  await expect(card(page, key)).toBeInViewport()
  await clean(page)
  await screenshot(page, 'board-phone')
  const finger = await touch(page)
  await finger('touchStart', { x: 60, y: 700 })
  for (let x = 80; x <= 340; x += 20) await finger('touchMove', { x, y: 700 })
  await finger('touchEnd')
  await expect(picker).toHaveValue('Submitted')
  await picker.selectOption('Feasibility Review')
  await page.getByRole('button', { name: `Move ${key}` }).click()
  await page.getByRole('menuitem', { name: /^Approve/ }).click()
  await expect(said(page)).toHaveText(`${key} is now in Resource Allocation.`)
  await expect(picker).toHaveValue('Feasibility Review')
})
