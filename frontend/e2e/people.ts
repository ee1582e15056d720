import { randomUUID } from 'node:crypto'
import { type APIResponse, type Browser, test as base, expect, type Page } from '@playwright/test'

export type DemoName = 'alice' | 'bob' | 'charlie' | 'dave'

const PASSWORD = 'simflow'

/** What stays open goes on following what later tests do, and slows them: each test closes its windows. */
export const test = base.extend<{ closing: undefined }>({
  closing: [
    async ({ browser }, use) => {
      await use(undefined)
      await Promise.all(browser.contexts().map((context) => context.close()))
    },
    { auto: true },
  ],
})

/** A browser of its own, signed in as one of the demo people. */
export async function pageOf(browser: Browser, name: DemoName, options = {}): Promise<Page> {
  const context = await browser.newContext(options)
  const answer = await context.request.post('/api/auth/login', {
    data: { email: `${name}@simflow.local`, password: PASSWORD },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  return context.newPage()
}

/** The same, by the sign-in page as people do it. */
export async function signIn(page: Page, person: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: person }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Home', exact: true })).toBeVisible()
}

export function unique(title: string): string {
  return `${title} ${randomUUID().slice(0, 8)}`
}

async function bodyOf(answer: APIResponse) {
  expect(answer.ok(), await answer.text()).toBe(true)
  return answer.json()
}

/** A request made behind the UI's back, for tests that are about something else. */
export async function submit(page: Page, title: string, changes = {}): Promise<string> {
  const data = { title, description: 'Reach of the robot.', vendor: 'FANUC', priority: 'Medium' }
  const answer = await page.request.post('/api/requests', { data: { ...data, ...changes } })
  return (await bodyOf(answer)).request.key
}

export async function patch(page: Page, path: string, data: object): Promise<void> {
  await bodyOf(await page.request.patch(`/api/requests/${path}`, { data }))
}

/** The page in these colours, and none on its way from one to the other: what is half changed has too little contrast. */
export async function inScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
  await page.waitForFunction(
    () => !document.getAnimations().some((one) => one instanceof CSSTransition),
  )
}

export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `test-results/screens/${name}.png`, animations: 'disabled' })
}
