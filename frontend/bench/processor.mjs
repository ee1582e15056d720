// How quick a browser's main thread is on this machine, by the same kind of work as Lighthouse's BenchmarkIndex: strings
// grown letter by letter, and numbers copied between arrays. Its table calls 125 to 800 a mid-tier phone, 1 000 to 1 500 a
// low-end desktop (https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md). In frontend/:
//   ../tools/with-node ../tools/with-browser node bench/processor.mjs
import { chromium } from '@playwright/test'

const ROUNDS = 5

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
for (const slower of [1, 2, 3, 4]) {
  const indexes = []
  for (let round = 0; round < ROUNDS; round++) {
    const page = await browser.newPage()
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
    indexes.push(await page.evaluate(index))
    await page.close()
  }
  const median = indexes.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)]
  process.stdout.write(`${slower} times slower: ${median.toFixed(0)}\n`)
}
await browser.close()

function index() {
  const numbers = [0, 1].map(() => Array.from({ length: 100_000 }, (_, at) => at))
  const grow = () => {
    let text = ''
    for (let at = 0; at < 10_000; at++) text += 'a'
    return text.length
  }
  const copy = (turn) => {
    const from = numbers[turn % 2]
    const to = numbers[(turn + 1) % 2]
    for (let at = 0; at < from.length; at++) to[at] = from[at]
  }
  const tenthsPerSecond = (work) => {
    const start = performance.now()
    let turns = 0
    while (performance.now() - start < 500) work(turns++)
    return turns / ((performance.now() - start) / 100)
  }
  return (tenthsPerSecond(grow) + tenthsPerSecond(copy)) / 2
}
