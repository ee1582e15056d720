import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'
import { type DemoName, pageOf, patch, screenshot, submit, test, unique } from './people'

const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
}

async function homeOf(page: Page) {
  await page.goto('/')
  await expect(page.getByRole('list', { name: 'Figures' })).toBeVisible()
}

function numberIn(text: string | null): number {
  return Number(/\d[\d,]*/.exec(text ?? '')?.[0].replaceAll(',', ''))
}

async function countOf(figure: Locator): Promise<number> {
  return numberIn(await figure.textContent())
}

async function toAccept(alice: Page, bob: Page, charlie: Page, title: string): Promise<string> {
  const key = await submit(alice, title, { priority: 'High' })
  const { users } = await (await bob.request.get('/api/users?role=ENGINEER')).json()
  const engineer = users.find(({ name }: { name: string }) => name === 'Charlie Engineer')
  await patch(bob, `${key}/assign`, { engineerId: engineer.id, estimatedHours: 5 })
  await patch(charlie, `${key}/status`, { status: 'In Progress' })
  await patch(charlie, `${key}/status`, { status: 'Completed' })
  return key
}

for (const name of ['alice', 'charlie', 'bob', 'dave'] as DemoName[]) {
  test(`every number of Home is that of the list behind it: ${name}`, async ({ browser }) => {
    const [page, list] = [await pageOf(browser, name), await pageOf(browser, name)]
    await submit(page, unique('One to count'))
    await homeOf(page)
    const links = page
      .getByRole('list', { name: 'Figures' })
      .getByRole('link')
      .or(page.getByRole('link', { name: /^All \d/ }))
      .or(page.getByRole('link', { name: / open, .* h, / }))
    const addresses = await links.evaluateAll((all) =>
      all.map((link) => link.getAttribute('href') ?? ''),
    )
    expect(addresses.length).toBeGreaterThan(2)
    for (const [place, address] of addresses.entries()) {
      await list.goto(address)
      const total = list.getByText(/^[\d,]+ (found|in all)$/)
      await expect(total).toBeVisible()
      // Both pages are live while other tests go on: they must come to say the same.
      await expect(async () => {
        const shown = await links.nth(place).getAttribute('aria-label')
        const here = shown
          ? numberIn(shown.replace(/^[^\d]*: /, ''))
          : await countOf(links.nth(place))
        expect(here, address).toBe(numberIn(await total.textContent()))
      }).toPass()
    }
  })
}

test('the number in front of a manager follows what others do', async ({ browser }) => {
  const [alice, bob] = [await pageOf(browser, 'alice'), await pageOf(browser, 'bob')]
  await homeOf(bob)
  await expect(bob.locator('[data-connection=live]')).toBeAttached()
  const figure = bob.getByRole('link', { name: /to judge$/ }).first()
  const ofApi = async () => (await (await bob.request.get('/api/home')).json()).figures.inbox.count
  await expect(figure).toBeVisible()
  const askedAgain = bob.waitForResponse('**/api/home**')
  await submit(alice, unique('One more to judge'))
  await askedAgain
  // Other tests go on meanwhile, so what it was before tells nothing.
  await expect(async () => expect(await countOf(figure)).toBe(await ofApi())).toPass()
})

test('a requester accepts from Home what waits for them', async ({ browser }) => {
  const [alice, bob, charlie] = [
    await pageOf(browser, 'alice'),
    await pageOf(browser, 'bob'),
    await pageOf(browser, 'charlie'),
  ]
  const title = unique('Waits for Alice')
  const key = await toAccept(alice, bob, charlie, title)
  await homeOf(alice)
  const block = alice.getByRole('region', { name: 'Waits for you' })
  await expect(block.getByRole('link', { name: title })).toBeVisible()
  await block.getByRole('button', { name: `Accept: ${key}` }).click()
  await alice.mouse.move(0, 0)
  await expect(block.getByRole('link', { name: title })).toHaveCount(0)
  const { request } = await (await alice.request.get(`/api/requests/${key}`)).json()
  expect(request.status).toBe('Accepted')
})

test('an engineer sees what waits with its hours, begins it, and then has it in hand', async ({
  browser,
}) => {
  const [alice, bob, charlie] = [
    await pageOf(browser, 'alice'),
    await pageOf(browser, 'bob'),
    await pageOf(browser, 'charlie'),
  ]
  const title = unique('For Charlie')
  const key = await submit(alice, title, { priority: 'High' })
  const { users } = await (await bob.request.get('/api/users?role=ENGINEER')).json()
  const engineer = users.find(({ name }: { name: string }) => name === 'Charlie Engineer')
  await patch(bob, `${key}/assign`, { engineerId: engineer.id, estimatedHours: 13 })
  await homeOf(charlie)
  const waiting = charlie.getByRole('region', { name: 'To accept or discuss' })
  const line = waiting.getByRole('listitem').filter({ hasText: title })
  await expect(line).toContainText('13 h')
  await line.getByRole('button', { name: `Accept work: ${key}` }).click()
  await charlie.mouse.move(0, 0)
  const working = charlie.getByRole('region', { name: 'In your hands' })
  await expect(working.getByRole('link', { name: title })).toBeVisible()
})

test('a manager assigns from Home, and is asked for what that needs', async ({ browser }) => {
  const bob = await pageOf(browser, 'bob')
  // What the most urgent ones wait for depends on the demo data: one of them is brought to where it is assigned.
  const most = await bob.request.get('/api/requests?waitsFor=manager&sort=urgency&limit=8')
  const steps: Record<string, string[]> = {
    Submitted: ['Feasibility Review', 'Resource Allocation'],
    'Feasibility Review': ['Resource Allocation'],
    'Resource Allocation': [],
  }
  const { requests }: { requests: { key: string; status: string }[] } = await most.json()
  const [one] = requests.filter(({ status }) => status in steps)
  const key = one?.key ?? ''
  for (const status of steps[one?.status ?? ''] ?? []) await patch(bob, `${key}/status`, { status })
  await homeOf(bob)
  const assign = bob.getByRole('button', { name: `Assign: ${key}`, exact: true })
  await assign.click()
  const dialog = bob.getByRole('dialog')
  await dialog.getByLabel('Engineer').selectOption('Charlie Engineer')
  await dialog.getByLabel('Estimated hours').fill('8')
  await dialog.getByRole('button', { name: 'Assign', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  // The line stays as long as the pointer or the focus is in its list.
  await bob.mouse.move(0, 0)
  await bob.getByRole('heading', { level: 1 }).focus()
  await expect(bob.getByRole('button', { name: `Assign: ${key}` })).toHaveCount(0)
})

test('a manager changes the hours a week where they stand', async ({ browser }) => {
  const page = await pageOf(browser, 'bob')
  await homeOf(page)
  // Not the engineer whose capacity other tests count on.
  const field = page.getByLabel('Hours a week of Jonas Weber')
  const opener = page.getByRole('button', { name: /change for Jonas Weber$/ })
  await opener.click()
  await field.fill('900')
  await field.press('Enter')
  await expect(page.getByRole('alert')).toBeVisible()
  await field.fill('32')
  await field.press('Enter')
  await expect(opener).toHaveText('32 h/week')
  await expect(opener).toBeFocused()
  await page.reload()
  await expect(opener).toHaveText('32 h/week')
  await opener.press('Enter')
  await field.fill('40')
  await field.press('Enter')
  await expect(opener).toHaveText('40 h/week')
})

test('hours a week that somebody else has set meanwhile are told before they are replaced', async ({
  browser,
}) => {
  const [bob, dave] = await Promise.all([pageOf(browser, 'bob'), pageOf(browser, 'dave')])
  await homeOf(bob)
  const field = bob.getByLabel('Hours a week of Mei Tanaka')
  const opener = bob.getByRole('button', { name: /change for Mei Tanaka$/ })
  const { users } = await (await dave.request.get('/api/users?role=ENGINEER')).json()
  const { id } = users.find(({ name }: { name: string }) => name === 'Mei Tanaka')
  const others = async (weeklyHours: number) => {
    const answer = await dave.request.patch(`/api/users/${id}`, { data: { weeklyHours } })
    expect(answer.ok(), await answer.text()).toBe(true)
  }
  await opener.click()
  await others(20)
  await field.fill('30')
  await field.press('Enter')
  await expect(bob.getByRole('alert')).toContainText('Somebody has set it to 20 meanwhile.')
  await screenshot(bob, 'hours-conflict')
  await field.press('Escape')
  await expect(opener).toHaveText('20 h/week')
  await opener.click()
  await others(25)
  await field.fill('30')
  await field.press('Enter')
  await expect(bob.getByRole('alert')).toContainText('Somebody has set it to 25 meanwhile.')
  await field.press('Enter')
  await expect(opener).toHaveText('30 h/week')
  await others(40)
})

test('an engineer sees their own load, and that of nobody else', async ({ browser }) => {
  const page = await pageOf(browser, 'charlie')
  await homeOf(page)
  const rows = page.getByRole('region', { name: 'Your load' }).getByRole('listitem')
  await expect(rows).toHaveCount(1)
  await expect(rows).toContainText('Charlie Engineer')
  await expect(rows).toContainText('h/week')
})

test('an administrator sees people, jobs and health', async ({ browser }) => {
  const page = await pageOf(browser, 'dave')
  await homeOf(page)
  const block = page.getByRole('region', { name: 'System' })
  await expect(block.getByText('1 manager')).toBeVisible()
  await block.getByRole('link', { name: 'See what failed' }).click()
  await expect(page.getByRole('heading', { name: 'Failed jobs' })).toBeVisible()
})

test('what is a manager’s is not on other people’s Home', async ({ browser }) => {
  for (const name of ['alice', 'charlie'] as DemoName[]) {
    const page = await pageOf(browser, name)
    await homeOf(page)
    await expect(page.getByRole('region', { name: 'To judge' })).toHaveCount(0)
    await expect(page.getByRole('button', { name: /change for/ })).toHaveCount(0)
    await expect(page.getByRole('region', { name: 'System' })).toHaveCount(0)
  }
})

test('the names that people and tools go by are there once', async ({ browser }) => {
  const page = await pageOf(browser, 'bob')
  await homeOf(page)
  for (const name of ['Requests', 'New request'])
    await expect(page.getByRole('link', { name })).toHaveCount(1)
})

test('a manager sees it all at 1440 × 900 without scrolling', async ({ browser }) => {
  const page = await pageOf(browser, 'bob')
  for (let n = 0; n < 9; n++) await submit(page, unique('Fills the inbox'))
  await homeOf(page)
  const missing = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
  expect(missing).toBeLessThanOrEqual(0)
})

for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const name of ['alice', 'charlie', 'dave'] as DemoName[]) {
      test(`axe finds nothing on Home: ${name}, ${size}, ${colorScheme}`, async ({ browser }) => {
        const page = await pageOf(browser, name, { viewport, colorScheme })
        await submit(page, unique('Wort'.repeat(40)))
        await homeOf(page)
        await screenshot(page, `home-${name}-${size}-${colorScheme}`)
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`),
        ).toEqual([])
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(wider).toBeLessThanOrEqual(0)
      })
    }
  }
}
