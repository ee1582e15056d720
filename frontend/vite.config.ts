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

const short = (name: string) => name.replace(/[~.].*/, '')

export default defineConfig({
  plugins: [react(), runPageCodeFirst],
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
