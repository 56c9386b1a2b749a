import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { startBrowser } from './browser.ts'
import { type PackFiles, startServer, type TestServer } from './server.ts'
import { type Visit, type VisitOptions, visit } from './visit.ts'

/**
 * One server and one browser for the tests of a file. Every test opens windows of its own; they are closed after it, and
 * whatever went wrong in one behind the scenes fails the test.
 */
export interface World {
  readonly server: TestServer
  visit(options?: VisitOptions): Promise<Visit>
}

export function useWorld(packs: PackFiles = {}): World {
  let server: TestServer | undefined
  let browser: Browser | undefined
  const open: Visit[] = []
  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('only available while tests run')
    return part
  }
  beforeAll(async () => {
    server = await startServer(packs)
    browser = await startBrowser()
  })
  afterEach(async () => {
    const problems = await Promise.all(open.splice(0).map((window) => window.close()))
    expect(problems.flat(), 'what went wrong in the browser').toEqual([])
  })
  afterAll(async () => {
    try {
      await browser?.close()
    } finally {
      await server?.[Symbol.asyncDispose]()
    }
  })
  return {
    get server() {
      return started(server)
    },
    visit: async (options) => {
      const window = await visit(started(browser), started(server), options)
      open.push(window)
      return window
    },
  }
}
