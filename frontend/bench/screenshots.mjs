// The pictures in docs/screenshots, of a running Sim-Flow with its demo data and nothing else:
//   make screenshots BASE=http://127.0.0.1:8080
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'

const base = process.argv[2] ?? 'http://127.0.0.1:8080'
const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
const desktop = { viewport: { width: 1440, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

const pictures = [
  ['home', 'bob', '/', desktop],
  ['home-requester', 'alice', '/', desktop],
  ['requests', 'bob', '/requests', desktop],
  ['board', 'bob', '/board', desktop],
  ['timeline', 'bob', '/timeline', desktop],
  ['reports', 'bob', '/reports', desktop],
  ['request', 'charlie', '/requests/SF-27', desktop],
  ['board-dark', 'bob', '/board', { ...desktop, colorScheme: 'dark' }],
  ['reports-dark', 'bob', '/reports', { ...desktop, colorScheme: 'dark' }],
  ['home-phone', 'charlie', '/', phone],
  ['request-phone', 'alice', '/requests/SF-26', phone],
  ['requests-phone', 'bob', '/requests', { ...phone, colorScheme: 'dark' }],
]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
})
try {
  for (const [name, person, path, options] of pictures) {
    const context = await browser.newContext({ ...options, baseURL: base, reducedMotion: 'reduce' })
    const data = { email: `${person}@simflow.local`, password: 'simflow' }
    await context.request.post('/api/auth/login', { data })
    const page = await context.newPage()
    await page.goto(path)
    await page.locator('main :is(a[href^="/requests"], svg)').first().waitFor()
    await page.waitForTimeout(1_000)
    await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled' })
    await context.close()
  }
} finally {
  await browser.close()
}
