import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const short = (name: string) => name.replace(/[~.].*/, '')

export default defineConfig({
  plugins: [react()],
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
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'tanstack', test: /node_modules[\\/]@tanstack[\\/]/ },
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
