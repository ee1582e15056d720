import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page } from '@playwright/test'
import { type DemoName, pageOf, patch, screenshot, submit, test, unique } from './people'

const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
}

/** The page anew, whose stream of news stays on its way: they would have things asked for again, and rows come. */
async function hearNothing(page: Page): Promise<void> {
  await page.route('**/api/events', () => undefined)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

async function open(browser: Browser, name: DemoName, path: string, options = {}): Promise<Page> {
  const page = await pageOf(browser, name, options)
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  return page
}

async function expectNothingFromAxe(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])
}

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search or jump to' })
const box = (page: Page) => palette(page).getByRole('combobox')
const chosen = (page: Page) => page.getByRole('option', { selected: true })

/**
 * One after the other as people do, who do not wait until the page has worked the first one off. `page.keyboard` does:
 * for the trace it first looks at a page that is busy with the key before.
 */
async function pressAtOnce(page: Page, keys: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const strokes = [...keys].flatMap((key) => {
    const stroke = { key, code: `Key${key.toUpperCase()}`, text: key }
    return [
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...stroke }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...stroke }),
    ]
  })
  await Promise.all(strokes)
  await session.detach()
}

test('a busy page does not cut a pair of keys in two', async ({ browser }) => {
  const page = await open(browser, 'bob', '/requests')
  await page.evaluate(() =>
    addEventListener(
      'keydown',
      () => {
        const until = performance.now() + 1_500
        while (performance.now() < until);
      },
      { once: true },
    ),
  )
  await pressAtOnce(page, 'gt')
  await expect(page).toHaveURL((url) => url.pathname === '/timeline')
})

test('keys lead to the pages, and never while typing', async ({ browser }) => {
  const page = await open(browser, 'bob', '/requests')
  for (const [keys, path] of [
    ['gb', '/board'],
    ['gt', '/timeline'],
    ['gh', '/'],
    ['gr', '/requests'],
    ['c', '/requests/new'],
  ] as const) {
    await pressAtOnce(page, keys)
    await expect(page).toHaveURL((url) => url.pathname === path)
  }
  await page.getByLabel('Title').pressSequentially('g h ? c [ /')
  await expect(page.getByLabel('Title')).toHaveValue('g h ? c [ /')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page).toHaveURL(/requests\/new$/)
  // Out of the field, the slash finds the list's search, from here too.
  await page.getByRole('heading', { level: 1 }).focus()
  await page.keyboard.press('/')
  await expect(page).toHaveURL((url) => url.pathname === '/requests')
  await expect(page.getByLabel('Search', { exact: true })).toBeFocused()
})

test('the help sheet tells what works here, and turns single keys off', async ({ browser }) => {
  const page = await open(browser, 'bob', '/requests')
  const key = await submit(page, unique('Keys of a request'))
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keys that work here' })
  await expect(help.getByText('New request')).toBeVisible()
  await expect(help.getByText('Write a comment')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await page.goto(`/requests/${key}`)
  await expect(page.getByRole('button', { name: 'Start review' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(help.getByText('Write a comment')).toBeVisible()
  await expectNothingFromAxe(page)
  await screenshot(page, 'help')
  await help.getByLabel('Single-key shortcuts').uncheck()
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)
  // Esc closed the sheet and did nothing more.
  await expect(page).toHaveURL(new RegExp(`/requests/${key}$`))
  await page.keyboard.press('c')
  await page.keyboard.press('?')
  await page.reload()
  await expect(page.getByRole('button', { name: 'Start review' })).toBeVisible()
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByLabel('Title')).toHaveCount(0)
  await page.keyboard.press('Control+k')
  await expect(palette(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Bob Manager' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Single-key shortcuts' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.keyboard.press('e')
  await expect(page.getByLabel('Title')).toBeVisible()
})

for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the palette finds requests, people, pages and actions: ${size}, ${colorScheme}`, async ({
      browser,
    }) => {
      test.setTimeout(120_000)
      const page = await open(browser, 'bob', '/requests', { viewport, colorScheme })
      const title = unique('Riser height')
      const key = await submit(page, title)
      if (size === 'phone') {
        await page.getByRole('button', { name: 'More' }).click()
        await expectNothingFromAxe(page)
        await screenshot(page, `more-${colorScheme}`)
        await page.getByRole('menuitem', { name: 'Search or jump to…' }).click()
      } else {
        await page.getByLabel('Search', { exact: true }).focus()
        await page.keyboard.press('Control+k')
      }
      await expect(box(page)).toBeFocused()
      await expectNothingFromAxe(page)
      await box(page).fill(title)
      const option = page.getByRole('option', { name: title }).first()
      await expect(option).toContainText(`${key}, Submitted`)
      await expect(page.getByRole('group', { name: 'Requests' })).toBeVisible()
      await expectNothingFromAxe(page)
      await screenshot(page, `palette-${size}-${colorScheme}`)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { level: 2, name: title })).toBeVisible()
      await expect(palette(page)).toHaveCount(0)

      await page.keyboard.press('Control+k')
      await expect(page.getByRole('group', { name: 'Opened last' })).toContainText(title)
      await box(page).fill('charl')
      await page.getByRole('option', { name: /^Charlie Engineer/ }).click()
      await expect(page).toHaveURL(/\/requests\?assignedTo=/)

      await page.keyboard.press('Control+k')
      await box(page).fill('boa')
      await expect(chosen(page)).toContainText('Board')
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL((url) => url.pathname === '/board')
      await page.context().close()
    })
  }
}

test('what is typed before the palette is there is not lost, and does nothing to the page', async ({
  browser,
}) => {
  const page = await open(browser, 'bob', '/requests')
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route('**/assets/Palette-*.js', async (route) => {
    await held
    await route.continue()
  })
  await page.keyboard.press('Control+k')
  await page.keyboard.type('cgbx')
  await page.keyboard.press('Backspace')
  await expect(page).toHaveURL(/\/requests$/)
  letGo()
  await expect(box(page)).toHaveValue('cgb')
  await page.keyboard.type('!')
  await expect(box(page)).toHaveValue('cgb!')
})

test('Enter waits for the answer to what was typed', async ({ browser }) => {
  const page = await open(browser, 'bob', '/requests')
  const [first, second] = [unique('Gripper'), unique('Conveyor')]
  await submit(page, first)
  const key = await submit(page, second)
  await page.keyboard.press('Control+k')
  await box(page).fill(first)
  await expect(chosen(page)).toContainText(first)
  await box(page).fill(second)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: key })).toBeVisible()
})

test('the palette tells when it cannot search', async ({ browser }) => {
  const page = await open(browser, 'bob', '/requests')
  await hearNothing(page)
  await page.route(/api\/requests\?.*limit=8/, (route) => route.abort())
  await page.keyboard.press('Control+k')
  await box(page).fill('gripper')
  await expect(palette(page).getByRole('alert')).toContainText('cannot be reached')
  await page.unroute(/api\/requests\?.*limit=8/)
  await palette(page).getByRole('button', { name: 'Try again' }).click()
  await expect(palette(page).getByRole('alert')).toHaveCount(0)
})

test('a request is moved, assigned, edited and answered by key', async ({ browser }) => {
  const page = await open(browser, 'bob', '/requests')
  const key = await submit(page, unique('All by key'))
  await page.goto(`/requests/${key}`)
  const status = page.getByRole('region', { name: 'Status' })
  await expect(status.getByText('Submitted')).toBeVisible()

  await page.keyboard.press('s')
  const picker = page.getByRole('dialog', { name: `Move ${key}` })
  await expect(picker.getByRole('option').first()).toContainText('Start review')
  await expectNothingFromAxe(page)
  await screenshot(page, 'moves')
  await page.keyboard.press('Enter')
  await expect(status.getByText('Feasibility Review')).toBeVisible()

  await page.keyboard.press('a')
  await expect(page.getByRole('dialog', { name: `Assign: ${key}` })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.keyboard.press('m')
  await expect(page.getByLabel('Comment')).toBeFocused()
  await page.keyboard.type('e s a')
  await expect(page.getByLabel('Comment')).toHaveValue('e s a')
  await page.getByLabel('Comment').clear()
  await page.getByRole('heading', { level: 1 }).focus()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL((url) => url.pathname === '/requests')
})

test('what cannot be done says why', async ({ browser }) => {
  const page = await open(browser, 'alice', '/requests')
  const key = await submit(page, unique('Not mine to judge'))
  await page.goto(`/requests/${key}`)
  await expect(page.getByRole('region', { name: 'Status' }).getByText('Submitted')).toBeVisible()
  await page.keyboard.press('s')
  const option = page.getByRole('option', { name: /^Start review/ })
  await expect(option).toHaveAttribute('aria-disabled', 'true')
  await expect(option).toContainText(/manager/i)
  await option.click({ force: true })
  await expect(page.getByRole('dialog', { name: `Move ${key}` })).toBeVisible()
})

for (const [size, viewport] of Object.entries(sizes)) {
  test(`a property is changed where it stands and put back: ${size}`, async ({ browser }) => {
    const page = await open(browser, 'bob', '/requests', { viewport })
    const key = await submit(page, unique('Undo'))
    await page.goto(`/requests/${key}`)
    if (size === 'phone') await page.getByText('Properties').click()
    const priority = page.getByRole('button', { name: /Change the priority/ })
    await expect(priority).toContainText('Medium')
    await page.keyboard.press('p')
    await page.getByRole('combobox').fill('high')
    await page.keyboard.press('Enter')
    await expect(priority).toContainText('High')
    // Under the pointer it does not go away.
    await page.getByText(`Priority of ${key} is High.`).hover()
    await expectNothingFromAxe(page)
    await screenshot(page, `undo-${size}`)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(priority).toContainText('Medium')

    await page.getByRole('button', { name: /Change the vendor/ }).click()
    await page.getByLabel('Vendor').fill('KUKA')
    await page.keyboard.press('Enter')
    await expect(page.getByText(`Vendor of ${key} is KUKA.`)).toBeVisible()
    await page.keyboard.press('z')
    await expect(page.getByRole('button', { name: /Change the vendor/ })).toContainText('FANUC')
    await page.context().close()
  })
}

test('nothing is put back over what somebody else has done meanwhile', async ({ browser }) => {
  const page = await open(browser, 'bob', '/requests')
  const key = await submit(page, unique('Undo too late'))
  await page.goto(`/requests/${key}`)
  await page.getByRole('button', { name: /Change the priority/ }).click()
  await page.getByRole('menuitemradio', { name: 'High' }).click()
  await expect(page.getByText(`Priority of ${key} is High.`)).toBeVisible()
  await patch(page, key, { priority: 'Low' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('alert')).toContainText('is not put back: somebody has changed')
  await expect(page.getByRole('button', { name: /Change the priority/ })).toContainText('Low')
})

test('the navigation narrows to icons and stays so', async ({ browser }) => {
  const page = await open(browser, 'dave', '/requests')
  const nav = page.getByRole('navigation', { name: 'Main' })
  const width = async () => (await nav.boundingBox())?.width
  expect(await width()).toBe(216)
  await screenshot(page, 'nav-wide')
  await page.keyboard.press('[')
  await expect.poll(width).toBe(56)
  await expect(nav.getByRole('link', { name: 'Requests', exact: true })).toBeVisible()
  await expectNothingFromAxe(page)
  await screenshot(page, 'nav-icons')
  await page.reload()
  await expect.poll(width).toBe(56)
  await nav.getByRole('button', { name: 'Widen the navigation' }).click()
  await expect.poll(width).toBe(216)
})

test('the bar of a phone has the daily pages, and the rest under More', async ({ browser }) => {
  const page = await open(browser, 'dave', '/requests', { viewport: sizes.phone })
  const nav = page.getByRole('navigation', { name: 'Main' })
  for (const name of ['Home', 'News', 'New request', 'Requests', 'Board']) {
    const link = await nav.getByRole('link', { name: new RegExp(`^${name}`) }).boundingBox()
    expect(link?.width, name).toBeGreaterThan(44)
    expect(link?.height, name).toBeGreaterThan(44)
  }
  await expectNothingFromAxe(page)
  await screenshot(page, 'bar')
  await nav.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Failed jobs' }).click()
  await expect(page).toHaveURL(/\/jobs$/)
})

test('a link that is meant is fetched before the click, one passed over is not', async ({
  browser,
}) => {
  const page = await open(browser, 'bob', '/requests')
  const title = unique('Fetched ahead')
  const key = await submit(page, title)
  await hearNothing(page)
  await page.goto(`/requests?q=${encodeURIComponent(title)}`)
  const link = page.getByRole('link', { name: title })
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const box = await link.boundingBox()
  // One right after the other: hover() would look around first, which is time enough to mean it.
  await page.mouse.move((box?.x ?? 0) + 8, (box?.y ?? 0) + 8)
  await page.mouse.move(1300, 880)
  const detail = page.waitForResponse((answer) => answer.url().endsWith(`/api/requests/${key}`))
  await link.hover()
  await detail
  expect(asked.filter((path) => path === `/api/requests/${key}`)).toHaveLength(1)
  await link.click()
  await expect(page.getByRole('heading', { level: 1, name: key })).toBeVisible()
  expect(asked.filter((path) => path === `/api/requests/${key}`)).toHaveLength(1)
})

test('no page moves as it loads', async ({ browser }) => {
  test.setTimeout(180_000)
  const page = await open(browser, 'dave', '/requests')
  const key = await submit(page, unique('Stands still'))
  await hearNothing(page)
  for (const viewport of Object.values(sizes)) {
    await page.setViewportSize(viewport)
    for (const path of [
      '/',
      '/requests',
      `/requests/${key}`,
      '/requests/new',
      '/board',
      '/timeline',
      '/jobs',
      '/import',
    ]) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0)
      const moved = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            let sum = 0
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) {
                const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean }
                if (!shift.hadRecentInput) sum += shift.value
              }
            }).observe({ type: 'layout-shift', buffered: true })
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum))))
          }),
      )
      expect.soft(moved, `${path} at ${viewport.width}`).toBeLessThan(0.01)
    }
  }
})
