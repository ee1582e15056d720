import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

// Either a running Sim-Flow in demo mode is named, or two are started with empty databases of their own: Home shows
// the most urgent requests of all, and what other tests leave behind would push its own out of sight.
const port = Number(process.env.E2E_PORT ?? '18473')
const homePort = port + 1
const executablePath = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path && existsSync(path))

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/runs',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  projects: [
    { name: 'desk', testIgnore: 'home.spec.ts', use: { baseURL: baseURL(port) } },
    { name: 'home', testMatch: 'home.spec.ts', use: { baseURL: baseURL(homePort) } },
  ],
  use: {
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: process.env.BASE_URL
    ? undefined
    : [port, homePort].map((one) => ({
        command: `node e2e/server.mjs ${one}`,
        url: `${baseURL(one)}/ready`,
        timeout: 90_000,
        reuseExistingServer: false,
        gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 20_000 },
      })),
})

function baseURL(port: number): string {
  return process.env.BASE_URL ?? `http://127.0.0.1:${port}`
}
