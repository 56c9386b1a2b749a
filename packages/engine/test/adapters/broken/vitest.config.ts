import { defineConfig } from 'vitest/config'

/** The suites over doubles that break a promise: every file of it must fail. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.broken.ts'],
    pool: 'threads',
    testTimeout: 10_000,
    hookTimeout: 10_000,
  },
})
