import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'
import { firstViewChunk } from './first-view.ts'

/**
 * Production, see build.config.ts: hashed files below `dist/assets`, one chunk for the first view and one per other route, no
 * source maps, nothing inline (the server's Content-Security-Policy allows scripts and styles from files of the same origin only).
 * Development: `ST2_URL=http://127.0.0.1:8080 vite` sends /api, /auth and /stream to a running server.
 */
export default defineConfig(({ mode }) => {
  const target = loadEnv(mode, import.meta.dirname, 'ST2_')['ST2_URL'] ?? 'http://127.0.0.1:8080'
  return {
    root: import.meta.dirname,
    base: './',
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      sourcemap: false,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 700,
      rolldownOptions: {
        output: { codeSplitting: { groups: [{ name: firstViewChunk(import.meta.dirname), debugName: 'first view' }] } },
      },
    },
    server: { proxy: { '/api': target, '/auth': target, '/stream': target } },
  }
})
