// How quick the UI is for a person, against a running Sim-Flow in demo mode with many requests:
//   make bench-ui BASE=http://127.0.0.1:8080 ROUNDS=5
// Prints a table of medians: when a phone shows the list, layout shift, interaction to next paint with many rows
// loaded, frames while scrolling, and how long a change by somebody else takes to be painted.
import { chromium } from '@playwright/test'

const base = process.argv[2] ?? 'http://127.0.0.1:8080'
const rounds = Number(process.argv[3] ?? 5)
const ROW = 'main a[href^="/requests/SF-"]'
const FRAME = 1000 / 60
/** A phone on a good mobile network: four times slower than this machine, or SLOWER (see processor.mjs), 9 Mbit/s, 60 ms. */
const PHONE = {
  slower: Number(process.env.SLOWER ?? 4),
  latency: 60,
  bytesPerSecond: (9 * 1024 * 1024) / 8,
}
const DESKTOP = { viewport: { width: 1440, height: 900 } }
const HANDHELD = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
})
const figures = new Map()

try {
  for (let round = 0; round < rounds; round++) {
    await firstList()
    for (const path of ['/', '/requests', '/board', '/timeline', '/reports']) await shift(path)
    await manyRows()
    await board()
    await live()
  }
} finally {
  await browser.close()
}
for (const [name, { values, unit }] of figures) {
  const sorted = values.sort((one, other) => one - other)
  const median = sorted[Math.floor(sorted.length / 2)]
  const range = `${show(sorted[0])} – ${show(sorted.at(-1))}`
  process.stdout.write(
    `${name.padEnd(62)} ${show(median).padStart(8)} ${unit.padEnd(3)} (${range})\n`,
  )
}

function show(value) {
  return value.toFixed(value < 10 ? 3 : 0)
}

function note(name, value, unit) {
  if (!figures.has(name)) figures.set(name, { values: [], unit })
  figures.get(name).values.push(value)
}

/** Signed in; what the page tells about itself is collected from its first moment on. */
async function open(person, options) {
  const context = await browser.newContext({ ...options, baseURL: base })
  const data = { email: `${person}@simflow.local`, password: 'simflow' }
  const answer = await context.request.post('/api/auth/login', { data })
  if (!answer.ok()) throw new Error(`${base} is no Sim-Flow in demo mode: ${answer.status()}`)
  await context.addInitScript((row) => {
    window.told = { shift: 0, slowest: 0, rows: null }
    const rows = new MutationObserver(() => {
      if (!document.querySelector(row)) return
      rows.disconnect()
      // A frame's timers come after its paint.
      requestAnimationFrame(() => setTimeout(() => (window.told.rows = performance.now())))
    })
    rows.observe(document, { childList: true, subtree: true })
    const observe = (type, take, more = {}) =>
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) take(entry)
      }).observe({ type, buffered: true, ...more })
    observe('layout-shift', (entry) => {
      if (!entry.hadRecentInput) window.told.shift += entry.value
    })
    const slow = ({ duration, interactionId }) => {
      if (interactionId) window.told.slowest = Math.max(window.told.slowest, duration)
    }
    observe('event', slow, { durationThreshold: 16 })
  }, ROW)
  return { context, page: await context.newPage() }
}

/** From the address to rows on a phone, with nothing kept and with what the last visit left. */
async function firstList() {
  const { context, page } = await open('bob', HANDHELD)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: PHONE.slower })
  const { latency, bytesPerSecond: speed } = PHONE
  const network = { offline: false, latency, downloadThroughput: speed, uploadThroughput: speed }
  await devtools.send('Network.emulateNetworkConditions', network)
  for (const name of ['first visit', 'next visit']) {
    await page.goto('/requests', { waitUntil: 'commit' })
    let shown = null
    // The page notes it. Who asks meanwhile has the slowed page answer: that took an eighth of what was measured.
    while (!shown) {
      await page.waitForTimeout(2_500)
      shown = await page.evaluate(() => window.told.rows)
    }
    note(`list on a throttled phone, ${name}: rows to be seen`, shown, 'ms')
  }
  await context.close()
}

async function shift(path) {
  for (const [size, options] of [
    ['desktop', DESKTOP],
    ['phone', HANDHELD],
  ]) {
    const { context, page } = await open('bob', options)
    await page.goto(path)
    await page.waitForTimeout(1_500)
    note(`layout shift of ${path} on a ${size}`, await page.evaluate(() => window.told.shift), '')
    await context.close()
  }
}

/** Scrolls a list through more than 10 000 rows, then works in it. */
async function manyRows() {
  const { context, page } = await open('bob', DESKTOP)
  await page.goto('/requests')
  await page.locator(ROW).first().waitFor()
  note('list: frames longer than 50 ms while scrolling', await scroll(page, 360_000), '%')
  await page.waitForSelector(ROW)
  await forget(page)
  const box = page.getByRole('checkbox').nth(4)
  await box.click()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('robot', { delay: 60 })
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox').or(page.getByPlaceholder('Search')).first().click()
  await page.keyboard.type('cell', { delay: 60 })
  await page.waitForTimeout(500)
  note(
    'list with 10 000 rows loaded: slowest interaction',
    await page.evaluate(() => window.told.slowest),
    'ms',
  )
  await context.close()
}

/** What was slow so far is not looked for. */
function forget(page) {
  return page.evaluate(() => {
    window.told.slowest = 0
  })
}

async function board() {
  const { context, page } = await open('bob', DESKTOP)
  await page.goto('/board')
  await page.locator(ROW).first().waitFor()
  await forget(page)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('l')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Escape')
  await page.waitForTimeout(300)
  note('board: slowest interaction', await page.evaluate(() => window.told.slowest), 'ms')
  await context.close()
}

/** The share of frames that took longer than three, while the page moves by a screen every few frames. */
async function scroll(page, distance) {
  return page.evaluate(
    async ([far, frame]) => {
      const times = []
      let last = performance.now()
      for (let y = 0; y < far; y += 600) {
        window.scrollTo(0, y)
        await new Promise(requestAnimationFrame)
        const now = performance.now()
        times.push(now - last)
        last = now
      }
      return (100 * times.filter((time) => time > 3 * frame).length) / times.length
    },
    [distance, FRAME],
  )
}

/** From the answer to whoever made the change to the paint on somebody else's screen. */
async function live() {
  const watcher = await open('bob', DESKTOP)
  const writer = await open('alice', DESKTOP)
  const body = { title: 'Painted live', description: 'x', vendor: 'ABB', priority: 'Low' }
  const { request } = await (
    await writer.context.request.post('/api/requests', { data: body })
  ).json()
  await watcher.page.goto(`/requests/${request.key}`)
  await watcher.page.locator('[data-connection="live"]').waitFor({ state: 'attached' })
  for (const turn of [1, 2, 3]) {
    const title = `Painted live ${turn}`
    const painted = watcher.page.evaluate(
      (wanted) =>
        new Promise((done) => {
          const look = () =>
            document.querySelector('main')?.textContent.includes(wanted)
              ? requestAnimationFrame(() => done(Date.now()))
              : requestAnimationFrame(look)
          look()
        }),
      title,
    )
    await writer.context.request.patch(`/api/requests/${request.key}`, { data: { title } })
    const answered = Date.now()
    note('live update painted after the answer', Math.max(0, (await painted) - answered), 'ms')
  }
  await writer.context.close()
  await watcher.context.close()
}
