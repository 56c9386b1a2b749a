import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { startBrowser } from './browser.ts'
import type { Deployment, PackFiles } from './deployment.ts'
import { type Front, type FrontOptions, startFront } from './front.ts'
import { referenceGiven } from './reference.ts'
import { startServer } from './server.ts'
import { type Visit, type VisitOptions, visit } from './visit.ts'

/**
 * One server and one browser for the tests of a file. Every test opens windows of its own; they are closed after it, and
 * whatever went wrong in one behind the scenes fails the test.
 */
export interface World<Server extends Deployment = Deployment> {
  readonly server: Server
  visit(options?: VisitOptions): Promise<Visit>
  /** Something before the server that goes when the windows of the test are closed. */
  front(options?: FrontOptions): Promise<Front>
}

/** @param start whatever the tests of the file need; by default what their project walks through */
export function useWorld(packs?: PackFiles): World
export function useWorld<Server extends Deployment>(
  packs: PackFiles,
  start: (packs: PackFiles) => Promise<Server>,
): World<Server>
export function useWorld(packs: PackFiles = {}, start = startDeployment): World {
  let server: Deployment | undefined
  let browser: Browser | undefined
  const open: Visit[] = []
  const fronts: Front[] = []
  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('only available while tests run')
    return part
  }
  beforeAll(async () => {
    server = await start(packs)
    browser = await startBrowser()
  })
  afterEach(async () => {
    const problems = await Promise.all(open.splice(0).map((window) => window.close()))
    await Promise.all(fronts.splice(0).map((front) => front[Symbol.asyncDispose]()))
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
    front: async (options) => {
      const front = await startFront(started(server).url, options)
      fronts.push(front)
      return front
    },
  }
}

function startDeployment(packs: PackFiles): Promise<Deployment> {
  const reference = referenceGiven()
  return reference === null ? startServer(packs) : reference.open(packs)
}
