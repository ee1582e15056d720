import { expect, type Page } from '@playwright/test'
import { screenshot, signIn, test, unique } from './people'

async function expectStatus(page: Page, status: string): Promise<void> {
  await expect(page.getByRole('region', { name: 'Status' }).getByText(status).first()).toBeVisible()
}

async function act(page: Page, url: string, verb: string, status: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: verb, exact: true }).click()
  await expectStatus(page, status)
}

async function actWithReason(page: Page, verb: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: verb, exact: true }).click()
  await page.getByLabel('Reason').fill(reason)
  await page.getByRole('button', { name: verb, exact: true }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('a request walks from Submitted to Accepted, with a revision in between', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const [alice, bob, charlie] = await Promise.all(
    ['Alice User', 'Bob Manager', 'Charlie Engineer'].map(async (person) => {
      const page = await (await browser.newContext()).newPage()
      await signIn(page, person)
      return page
    }),
  )
  if (!alice || !bob || !charlie) throw new Error('three people are needed')
  const title = unique('Reach study, door hem cell')

  await alice.getByRole('link', { name: 'New request' }).click()
  await alice.getByLabel('Title').fill(title)
  await alice.getByLabel('Description').fill('Target cycle time is 45 s.\n<b>Riser</b> is 690 mm.')
  await alice.getByLabel('Vendor').fill('FANUC')
  await alice.getByLabel('Priority').selectOption('High')
  await screenshot(alice, '1-new-request')
  await alice.getByRole('button', { name: 'Submit request' }).click()
  await expect(alice.getByRole('heading', { name: title })).toBeVisible()
  await expect(alice.getByText('<b>Riser</b> is 690 mm.')).toBeVisible()
  await expectStatus(alice, 'Submitted')
  await screenshot(alice, '2-submitted')
  const url = alice.url()

  await bob.getByRole('link', { name: 'Requests' }).click()
  await bob.getByLabel('Search').fill(title)
  await bob.getByRole('link', { name: title }).click()
  await act(bob, url, 'Start review', 'Feasibility Review')
  await act(bob, url, 'Approve', 'Resource Allocation')
  await bob.getByRole('button', { name: 'Assign', exact: true }).click()
  await bob.getByLabel('Engineer').selectOption('Charlie Engineer')
  await bob.getByLabel('Estimated hours').fill('16')
  await screenshot(bob, '3-assign')
  await bob.getByRole('button', { name: 'Assign', exact: true }).click()
  await expectStatus(bob, 'Engineering Review')

  await act(charlie, url, 'Accept work', 'In Progress')
  await charlie.getByLabel('Comment').fill('The first run looks fine.')
  await charlie.getByRole('button', { name: 'Add comment' }).click()
  await expect(charlie.getByRole('listitem').getByText('The first run looks fine.')).toBeVisible()
  await screenshot(charlie, '4-in-progress')
  await act(charlie, url, 'Complete', 'Completed')

  await alice.goto(url)
  await actWithReason(alice, 'Request revision', 'The second variant is missing.')
  await expectStatus(alice, 'Revision Requested')
  await act(bob, url, 'Approve revision', 'In Progress')
  await act(charlie, url, 'Complete', 'Completed')
  await act(alice, url, 'Accept', 'Accepted')
  await expect(alice.getByText('The second variant is missing.')).toBeVisible()
  await screenshot(alice, '5-accepted')
})
