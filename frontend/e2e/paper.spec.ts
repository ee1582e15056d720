import { expect, type Page } from '@playwright/test'
import { pageOf, screenshot, submit, test, unique } from './people'

async function say(page: Page, key: string, content: string, internal = false): Promise<void> {
  const answer = await page.request.post(`/api/requests/${key}/comments`, {
    data: { content, internal },
  })
  expect(answer.ok()).toBe(true)
}

test('a request is copied as Markdown, internal words only on wish', async ({ browser }) => {
  const permissions = ['clipboard-read', 'clipboard-write']
  const page = await pageOf(browser, 'bob', { permissions })
  const title = unique('Copied')
  const key = await submit(page, title, { dueDate: '2031-05-06', tags: ['weld'] })
  await say(page, key, 'For everybody.')
  await say(page, key, 'For the team.', true)
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await page.goto(`/requests/${key}`)
  await expect(page.getByText('For the team.')).toBeVisible()
  await page.getByRole('button', { name: 'Copy and print' }).click()
  await page.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect(page.getByText(`${key} is in the clipboard, as Markdown.`)).toBeVisible()
  const text = await copied()
  expect(text).toContain(`# ${key}: ${title}\n`)
  expect(text).toContain('- Due: 2031-05-06\n- Tags: weld\n')
  expect(text).toContain('For everybody.')
  expect(text).not.toContain('For the team.')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('internal words')
  await page.keyboard.press('Enter')
  await expect.poll(copied).toContain('For the team.')
})

test('who may not read internal words is offered no copy of them', async ({ browser }) => {
  const [alice, bob] = await Promise.all([pageOf(browser, 'alice'), pageOf(browser, 'bob')])
  const key = await submit(alice, unique('Plain'))
  await say(bob, key, 'For the team.', true)
  await alice.goto(`/requests/${key}`)
  await alice.getByRole('button', { name: 'Copy and print' }).click()
  await expect(alice.getByRole('button', { name: 'Copy as Markdown' })).toBeVisible()
  await expect(alice.getByRole('button', { name: 'Copy with internal words' })).toHaveCount(0)
})

test('paper is light and has all that was said, and nothing to press', async ({ browser }) => {
  const page = await pageOf(browser, 'bob', { colorScheme: 'dark' })
  const key = await submit(page, unique('Printed'), { tags: ['weld'], dueDate: '2031-05-06' })
  // More lines in the log than are loaded at once: the oldest comment waits on the screen.
  await say(page, key, 'The oldest word.')
  await Promise.all(Array.from({ length: 52 }, (_, line) => say(page, key, `Line ${line}`)))
  await page.goto(`/requests/${key}`)
  await expect(page.getByRole('button', { name: 'Show earlier' })).toBeVisible()
  await expect(page.getByText('The oldest word.')).toHaveCount(0)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText('The oldest word.')).toBeVisible()
  await expect(page.getByText('Waits for you or another manager')).toBeVisible()
  await expect(page.getByText('6 May 2031', { exact: true })).toBeVisible()
  await expect(page.getByText('just now')).toHaveCount(0)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden()
  for (const name of ['Add comment', 'Show earlier', 'Edit', 'Assign', 'Stop watching'])
    await expect(page.getByRole('button', { name, exact: true })).toBeHidden()
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  expect(await background()).toBe('rgb(255, 255, 255)')
  await page.setViewportSize({ width: 680, height: 960 })
  await screenshot(page, 'paper')
  await page.emulateMedia({ media: 'screen' })
  expect(await background()).not.toBe('rgb(255, 255, 255)')
})
