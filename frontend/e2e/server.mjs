// A Sim-Flow for one test run: everything it writes is in a folder that goes when it stops.
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const port = process.argv[2] ?? '18473'
const simflow = fileURLToPath(new URL('../../backend/.venv/bin/simflow', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'sf-e2e-'))
// Run as root, the database is another user's, who must be able to get to the data.
chmodSync(folder, 0o755)

// One process of the API: the browsers need the cores.
const args = ['up', '--demo', '--workers', '1', '--port', port, '--data-dir', join(folder, 'data')]
const server = spawn(simflow, args, { stdio: 'inherit' })
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'])
  process.on(signal, () => server.kill('SIGTERM'))
server.on('exit', (code) => {
  rmSync(folder, { recursive: true, force: true })
  process.exit(code ?? 1)
})
server.on('error', (error) => {
  rmSync(folder, { recursive: true, force: true })
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
