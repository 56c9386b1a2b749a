import { defineConfig } from 'vitest/config'

/** Unit tests stand beside the code; `<package>/test/` holds what needs a process, a file or a socket. */
export default defineConfig({
  test: {
    include: [
      'packages/*/{src,test}/**/*.test.ts',
      'apps/{server,cli}/{src,test}/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    pool: 'threads',
    testTimeout: 20_000,
    reporters: ['default'],
  },
})
