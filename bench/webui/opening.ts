import type { BrowserContext, Page } from 'playwright-core'
import type { BenchServer } from '../support/server-process.ts'
import { openPage, settled } from '../support/browser.ts'
import { median, rounded } from '../support/statistics.ts'
import type { Figure } from './figure.ts'

const RUNS = 7

export interface Opening {
  readonly name: string
  readonly limit: number
  /** Where somebody is before. */
  readonly from: { readonly path: string; readonly shows: string }
  /** Where they go, and what they wait for. */
  readonly to: { readonly path: string; readonly shows: string }
}

/** ms from a click on a link until what it leads to is drawn, in a new page of a browser that has been there before. */
export async function opening(
  context: BrowserContext,
  server: BenchServer,
  { name, limit, from, to }: Opening,
): Promise<Figure> {
  const walls: number[] = []
  const rested: number[] = []
  for (let run = -1; run < RUNS; run++) {
    const page = await openPage(context, server, from.path)
    await page.locator(from.shows).first().waitFor()
    await settled(page)
    const busy = await busyness(page)
    const wall = await page.evaluate<number>(wayTo(to))
    await page.close()
    // The first one loads what the browser keeps.
    if (run < 0) continue
    walls.push(wall)
    rested.push(wall / busy)
  }
  return {
    name,
    unit: 'ms',
    limit,
    value: median(rested),
    wall: median(walls),
    more: { fastest: rounded(Math.min(...walls)), busy: rounded(median(walls) / median(rested)) },
  }
}

/** ms until it is drawn: once it is there, by the next frame. */
function wayTo({ path, shows }: Opening['to']): string {
  return `new Promise((done) => {
    const startedAt = performance.now()
    location.hash = ${JSON.stringify(`#${path}`)}
    const look = () => {
      if (document.querySelector(${JSON.stringify(shows)}) === null) return requestAnimationFrame(look)
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - startedAt)))
    }
    look()
  })`
}

/** How many times longer something takes because of what else the machine does: short loops, against the fastest of them. */
function busyness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const times = Array.from({ length: 80 }, (_, round) => {
      const before = performance.now()
      for (let at = 0, sum = round; at < 1_500_000; at++) sum = (sum * 31 + at) % 65_521
      return performance.now() - before
    }).slice(20)
    return times.reduce((sum, time) => sum + time, 0) / times.length / Math.min(...times)
  })
}
