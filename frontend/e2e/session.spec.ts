import { expect } from '@playwright/test'
import { pageOf, signIn, test } from './people'

test('a wrong password is said on the page', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill('nobody@simflow.local')
  await page.getByLabel('Password').fill('wrong')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.getByLabel('Password')).toHaveValue('wrong')
})

test('an address is kept through the sign-in', async ({ page }) => {
  await page.goto('/requests?status=Denied')
  await expect(page).toHaveURL(/sign-in/)
  await page.getByRole('button', { name: 'Alice User' }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/requests\?status=Denied$/)
})

test('a session that has ended leads back to where one was', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  // Else the live stream may notice before the click does; drafts.spec.ts tests that way.
  await page.route('**/api/events', (route) => route.abort())
  // What is still asked for in the background would notice as well.
  const asked = ['/api/notifications', '/api/views', '/api/requests/counts'].map((path) =>
    page.waitForResponse((answer) => new URL(answer.url()).pathname === path),
  )
  await page.goto('/requests')
  await expect(page.getByRole('table')).toBeVisible()
  await Promise.all(asked)
  await page.waitForLoadState('networkidle')
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Title', exact: true }).click()
  await expect(page.getByText('Your session has ended. Sign in again.')).toBeVisible()
  await page.getByRole('button', { name: 'Alice User' }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/requests\?sort=title$/)
})

test('signing out ends it for the next person too', async ({ page }) => {
  await signIn(page, 'Bob Manager')
  await page.getByRole('button', { name: 'Bob Manager' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/sign-in/)
  await signIn(page, 'Alice User')
  await expect(page.getByRole('button', { name: 'Alice User' })).toBeVisible()
})

test('the chosen colours stay', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  await page.goto('/requests')
  await page.getByRole('button', { name: 'Alice User' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
})

test('a page whose code cannot be had says so beside the navigation, and there is one main part', async ({
  browser,
}) => {
  const page = await pageOf(browser, 'bob')
  await page.route('**/assets/TimelinePage-*.js', (route) => route.abort())
  await page.goto('/timeline')
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await expect(page.getByRole('main')).toHaveCount(1)
  await page.goto('/there/is/nothing')
  await expect(page.getByText('There is nothing at this address.')).toBeVisible()
  await expect(page.getByRole('main')).toHaveCount(1)
})
