import { expect, test } from '@playwright/test'
import { pageOf, patch, submit, unique } from './people'

test('what one does is on the screens of the others, as far as they may see it', async ({
  browser,
}) => {
  const [alice, bob, charlie] = await Promise.all([
    pageOf(browser, 'alice'),
    pageOf(browser, 'bob'),
    pageOf(browser, 'charlie'),
  ])
  const title = unique('Seen at once')
  await bob.goto(`/requests?q=${encodeURIComponent(title)}`)
  await expect(bob.getByText('0 in all').or(bob.getByText('No request')).first()).toBeVisible()
  const key = await submit(alice, title)
  await expect(bob.getByRole('link', { name: title })).toBeVisible()

  await alice.goto(`/requests/${key}`)
  await expect(alice.getByText('Submitted', { exact: true }).first()).toBeVisible()
  await patch(bob, `${key}/status`, { status: 'Feasibility Review' })
  await expect(alice.getByText('started the review')).toBeVisible()

  const { users } = await (await bob.request.get('/api/users?role=ENGINEER')).json()
  const engineer = users.find((user: { name: string }) => user.name === 'Charlie Engineer')
  await patch(bob, `${key}/assign`, { engineerId: engineer.id, estimatedHours: 12 })
  await charlie.goto(`/requests/${key}`)
  await charlie.getByRole('button', { name: 'Accept work', exact: true }).click()
  await expect(alice.getByText('In Progress').first()).toBeVisible()

  await bob.request.post(`/api/requests/${key}/comments`, {
    data: { content: 'Only between us.', internal: true },
  })
  await expect(charlie.getByText('Only between us.')).toBeVisible()
  await bob.request.post(`/api/requests/${key}/comments`, { data: { content: 'For everybody.' } })
  await expect(alice.getByText('For everybody.')).toBeVisible()
  await expect(alice.getByText('Only between us.')).toHaveCount(0)
})

test('a lost connection is said, and what was missed is there afterwards', async ({ browser }) => {
  const [alice, bob] = await Promise.all([pageOf(browser, 'alice'), pageOf(browser, 'bob')])
  const key = await submit(alice, unique('Away for a while'))
  await alice.goto(`/requests/${key}`)
  await expect(alice.getByText('submitted the request')).toBeVisible()
  await alice.context().setOffline(true)
  await expect(alice.getByText('You are offline', { exact: false })).toBeVisible()
  await bob.request.post(`/api/requests/${key}/comments`, {
    data: { content: 'While you were away.' },
  })
  await alice.context().setOffline(false)
  await expect(alice.getByText('While you were away.')).toBeVisible()
  await expect(alice.getByText('You are offline', { exact: false })).toHaveCount(0)
})
