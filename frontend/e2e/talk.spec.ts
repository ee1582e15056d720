import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { pageOf, screenshot, submit, test, unique } from './people'

const composer = (page: Page) => page.getByLabel('Comment', { exact: true })

async function say(page: Page, text: string): Promise<void> {
  const add = page.getByRole('button', { name: 'Add comment' })
  const answered = page.waitForResponse(
    (answer) => answer.url().endsWith('/comments') && answer.request().method() === 'POST',
  )
  await composer(page).fill(text)
  await add.click()
  await answered
  // The field is empty on the way too.
  await expect(add).toBeEnabled()
  await expect(composer(page)).toHaveValue('')
}

const comment = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text })

test('Markdown is rendered, and nothing in it is live', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const description = [
    '# Aim',
    '| Joint | Limit |',
    '| --- | ---: |',
    '| 1 | **170** |',
    '',
    '<img src=x onerror="document.title=1"> [click](javascript:document.title=1)',
  ].join('\n')
  const key = await submit(page, unique('Markdown'), { description })
  await page.goto(`/requests/${key}`)
  await expect(page.getByRole('heading', { name: 'Aim', level: 3 })).toBeVisible()
  await expect(page.getByRole('cell', { name: '170' })).toBeVisible()
  await expect(page.getByText('<img src=x onerror="document.title=1">')).toBeVisible()
  await expect(page.locator('main img, main a[href^="javascript"]')).toHaveCount(0)
})

test('a comment is edited and withdrawn by its author, and its history stays', async ({
  browser,
}) => {
  const alice = await pageOf(browser, 'alice')
  const bob = await pageOf(browser, 'bob')
  const key = await submit(alice, unique('Talk'))
  for (const page of [alice, bob]) await page.goto(`/requests/${key}`)
  await say(alice, 'The first thouht')
  await expect(comment(bob, 'The first thouht')).toBeVisible()
  await expect(bob.getByRole('button', { name: 'Edit what you wrote' })).toHaveCount(0)

  await comment(alice, 'The first thouht')
    .getByRole('button', { name: 'Edit what you wrote' })
    .click()
  await alice.getByLabel('Your words').fill('The first thought')
  await alice.getByRole('button', { name: 'Save comment' }).click()
  await comment(bob, 'The first thought').getByRole('button', { name: 'edited' }).click()
  const history = bob.getByRole('dialog', { name: 'What Alice User wrote' })
  await expect(history.getByRole('listitem')).toHaveText([/The first thought/, /The first thouht/])
  await history.getByRole('button', { name: 'Close' }).click()

  await comment(alice, 'The first thought')
    .getByRole('button', { name: 'Withdraw what you wrote' })
    .click()
  await alice.getByRole('button', { name: 'Withdraw', exact: true }).click()
  await expect(bob.getByText('This comment was withdrawn.')).toBeVisible()
  await expect(bob.getByText('The first thought')).toHaveCount(0)
  await expect(bob.getByRole('button', { name: 'what it said' })).toHaveCount(0)
  await alice.getByRole('button', { name: 'what it said' }).click()
  await expect(alice.getByRole('dialog').getByText('The first thought')).toBeVisible()
})

test('people are mentioned by typing @, requests by their key', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const other = await submit(page, unique('Earlier study'))
  const key = await submit(page, unique('Mentions'))
  await page.goto(`/requests/${key}`)
  await composer(page).pressSequentially('Ask @charl')
  const options = page.getByRole('listbox', { name: 'People' })
  await expect(options.getByRole('option', { name: 'Charlie Engineer' })).toBeVisible()
  await composer(page).press('Enter')
  await expect(composer(page)).toHaveValue('Ask @Charlie Engineer ')
  await composer(page).pressSequentially(`about ${other}, not about SF-999999999.`)
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('Charlie Engineer')
  await page.getByRole('button', { name: 'Add comment' }).click()
  const entry = comment(page, 'Ask @Charlie')
  await expect(entry.getByRole('link', { name: '@Charlie Engineer' })).toBeVisible()
  await expect(entry.getByRole('link', { name: 'SF-999999999' })).toHaveCount(0)
  await entry.getByRole('link', { name: other }).click()
  await expect(page).toHaveURL(new RegExp(`/requests/${other}$`))
})

test('cells from a spreadsheet are pasted as a table', async ({ browser }) => {
  const page = await pageOf(browser, 'alice')
  const key = await submit(page, unique('Pasted'))
  await page.goto(`/requests/${key}`)
  await composer(page).fill('Limits:')
  await composer(page).evaluate((field) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', 'Joint\tLimit\r\n1\t170\r\n')
    field.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  })
  await expect(composer(page)).toHaveValue(
    'Limits:\n\n| Joint | Limit |\n| --- | --- |\n| 1 | 170 |\n',
  )
  await page.getByRole('button', { name: 'Add comment' }).click()
  await expect(page.getByRole('columnheader', { name: 'Limit' })).toBeVisible()
})

for (const [name, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`the talk on a ${name} is accessible and can be narrowed`, async ({ browser }) => {
    const page = await pageOf(browser, 'alice', { viewport })
    const key = await submit(page, unique('Narrowed'), {
      description: '- reach\n- cycle time\n\n| a | b |\n|---|---|\n| 1 | 2 |',
    })
    await page.goto(`/requests/${key}`)
    await say(page, 'A **word**')
    await expect(page.getByText('submitted the request')).toBeVisible()
    const found = await new AxeBuilder({ page }).analyze()
    expect(found.violations).toEqual([])
    await screenshot(page, `talk-${name}`)
    await page.getByRole('button', { name: 'Comments', exact: true }).click()
    await expect(page.getByText('submitted the request')).toHaveCount(0)
    await page.getByRole('button', { name: 'Activity', exact: true }).click()
    await expect(page.getByText('A word')).toHaveCount(0)
    await expect(page.getByText('submitted the request')).toBeVisible()
  })
}
