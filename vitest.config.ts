import { defineConfig } from 'vitest/config'
import type { TestProjectInlineConfiguration } from 'vitest/config'

/**
 * Unit tests stand beside the code; `<package>/test/` holds what needs a process, a file or a socket. Each project is a row of
 * `scripts/testing/suites.mjs`; a test file that belongs to none of them fails `npm test`.
 */
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.{ts,mjs}'],
          pool: 'threads',
          // Pure tests leave nothing behind that another could see, and one start per file would cost more than the tests.
          isolate: false,
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'contract',
          include: ['packages/engine/test/adapters/**/*.test.ts'],
          pool: 'threads',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      inSequence('integration', 2, 60_000, {
        // Two at a time: they wait for processes and timers more than they compute.
        maxWorkers: 2,
        include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.{ts,tsx}'],
        exclude: [
          'packages/engine/test/adapters/**',
          'apps/*/test/{client,crash,distributed}/**',
          '**/node_modules/**',
        ],
      }),
      inSequence('crash', 3, 300_000, { maxWorkers: 2, include: ['apps/server/test/crash/**/*.test.ts'] }),
      inSequence('distributed', 4, 120_000, { maxWorkers: 2, include: ['apps/server/test/distributed/**/*.test.ts'] }),
      inSequence('client', 5, 120_000, { maxWorkers: 2, include: ['apps/server/test/client/**/*.test.ts'] }),
      // Each file has a server and a browser of its own.
      inSequence('browser', 6, 120_000, { maxWorkers: 2, include: ['e2e/**/*.test.ts'] }),
      // One after the other: they share one deployment.
      inSequence('browser split', 7, 120_000, {
        include: ['e2e/{first-light,history,rules,session,tabs}.test.ts'],
        globalSetup: ['e2e/support/reference-setup.ts'],
      }),
    ],
  },
})

/** These start servers: each file in a process of its own, one after the other or two side by side. */
function inSequence(
  name: string,
  groupOrder: number,
  timeoutMs: number,
  files: { include: string[]; exclude?: string[]; globalSetup?: string[]; maxWorkers?: number },
): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      pool: 'forks',
      fileParallelism: files.maxWorkers !== undefined,
      ...files,
      testTimeout: timeoutMs,
      hookTimeout: timeoutMs,
      sequence: { groupOrder },
    },
  }
}
