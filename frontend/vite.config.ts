import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** What says which code a page needs must wait for none of it. */
const PAGE_CODE = { name: 'pageCode', test: /app[\\/]pageCode\.ts$|vite[\\/]preload-helper/ }

/** The document runs it as soon as it is there, before the app. In development it runs where the app imports it. */
const runPageCodeFirst: Plugin = {
  name: 'run-page-code-first',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle = {} }) =>
      Object.values(bundle)
        .filter((one) => one.type === 'chunk' && one.name === PAGE_CODE.name)
        .map(({ fileName }) => ({
          tag: 'script',
          attrs: { type: 'module', async: true, crossorigin: true, src: `/${fileName}` },
        })),
  },
}

/** Chromium compiles all functions beside the page, not each when it is first called, which a phone waits for. */
const compileBeside: Plugin = {
  name: 'compile-beside',
  apply: 'build',
  generateBundle: {
    // What goes before it in a file makes it void.
    order: 'post',
    handler(_, bundle) {
      for (const one of Object.values(bundle)) {
        if (one.type === 'chunk') one.code = `//# allFunctionsCalledOnLoad\n${one.code}`
      }
    },
  },
}

/** The API serves these where a browser takes them: a fifth less for a phone to fetch than what is packed for each call. */
const packOnce: Plugin = {
  name: 'pack-once',
  apply: 'build',
  writeBundle({ dir = 'dist' }) {
    for (const name of readdirSync(`${dir}/assets`).filter((one) => /\.(js|css)$/.test(one))) {
      const file = `${dir}/assets/${name}`
      writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)))
    }
  },
}

const LIST = resolve(import.meta.dirname, 'src/requests/RequestsPage.tsx')
type Modules = { getModuleInfo: (id: string) => { importedIds: string[] } | null }

/** The UI's own files that a file names statically, itself or by way of others. */
function named(id: string, modules: Modules, found = new Set<string>()): Set<string> {
  if (found.has(id) || id.includes('node_modules')) return found
  found.add(id)
  for (const one of modules.getModuleInfo(id)?.importedIds ?? []) named(one, modules, found)
  return found
}

const short = (name: string) => name.replace(/[~.].*/, '')

export default defineConfig({
  plugins: [react(), runPageCodeFirst, compileBeside, packOnce],
  server: {
    // The host stays as the browser sent it: the API refuses writes whose origin is another host.
    proxy: {
      '/api': { target: process.env.API_URL ?? 'http://127.0.0.1:8080', changeOrigin: false },
    },
  },
  build: {
    // The content security policy allows no data: addresses for fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // Shared chunks are not called by the names of all the pages that share them.
        chunkFileNames: ({ name }) => `assets/${short(name)}-[hash].js`,
        assetFileNames: ({ names }) => `assets/${short(names[0] ?? 'asset')}-[hash][extname]`,
        codeSplitting: {
          groups: [
            PAGE_CODE,
            // What every visit needs is in few files, not one for each set of pages that share it.
            { name: 'packages', tags: ['$initial'], test: /node_modules/ },
            // Not what puts the app into the document: pages are run before there is one.
            { name: 'base', tags: ['$initial'], test: /src[\\/](?!app[\\/]main\.tsx$)/ },
            // Over HTTP/1.1 a browser asks for six files at a time: what the list shares with other pages is one file.
            {
              name: (id, modules) =>
                named(LIST, modules).has(id) && !/requests[\\/]list[\\/]/.test(id) ? 'daily' : null,
              minShareCount: 2,
            },
            // Icons and the like, each smaller than what asking for a file costs.
            { name: 'small', test: /@tabler|@tanstack|useKept/, minShareCount: 2 },
            // The smallest of what pages share goes with its neighbours: a page has fewer files to ask for.
            {
              name: 'shared',
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 400,
            },
          ],
        },
      },
    },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    coverage: { include: ['src/**'], exclude: ['src/api/schema.ts', 'src/**/*.test.*'] },
  },
})
