import type { BrowserContext, Page } from 'playwright-core'
import { openPage, settled } from '../support/browser.ts'
import { pacedLoad } from '../support/load.ts'
import { costAt, longestTask, scriptingPerFrame } from '../support/main-thread.ts'
import { type BenchServer, headersOf } from '../support/server-process.ts'
import { rounded } from '../support/statistics.ts'
import { type Trace, traced } from '../support/trace.ts'
import type { Figure } from './figure.ts'
import { scroll } from './gestures.ts'

const SECONDS = 12
const EXECUTIONS_PER_SECOND = 50
const HEAP_EVERY_MS = 250
const LIST = { x: 300, y: 450 }

/** The History scrolls while executions arrive: each is created, begins and ends. */
export async function historyScroll(context: BrowserContext, server: BenchServer, bare: Page): Promise<Figure[]> {
  const base = await traced(bare, () => scroll(bare, LIST, SECONDS / 2))
  const page = await openPage(context, server, '/history')
  await page.locator('[data-execution]').first().waitFor()
  await settled(page)
  await scroll(page, LIST, 2)
  let heap = 0
  const trace = await traced(page, async () => {
    const load = pacedLoad(server.url, executionOf(server), EXECUTIONS_PER_SECOND, SECONDS)
    const [, , highest] = await Promise.all([load, scroll(page, LIST, SECONDS), highestHeap(page, SECONDS)])
    heap = highest
  })
  await page.close()
  return [
    ...scrollFigures(trace, base),
    { name: 'History: heap of the tab at its highest', unit: 'MB', limit: 150, value: heap },
  ]
}

function executionOf(server: BenchServer) {
  return {
    method: 'POST',
    path: '/api/v1/executions',
    headers: headersOf(server),
    body: '{"action":"core.noop"}',
    expected: 201,
  }
}

async function highestHeap(page: Page, seconds: number): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  let highest = 0
  for (const until = performance.now() + seconds * 1000; performance.now() < until; ) {
    const { metrics } = await session.send('Performance.getMetrics')
    highest = Math.max(highest, metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0)
    await new Promise((resolve) => setTimeout(resolve, HEAP_EVERY_MS))
  }
  await session.detach()
  return highest / 1_000_000
}

function scrollFigures(trace: Trace, base: Trace): Figure[] {
  const frames = scriptingPerFrame(trace)
  const task = longestTask(trace)
  return [
    {
      name: 'History, 50 executions a second, scrolled: scripting per frame, p95',
      unit: 'ms',
      limit: 8,
      value: costAt(0.95, frames),
      wall: costAt(0.95, frames, 'wall'),
      bare: costAt(0.95, scriptingPerFrame(base)),
      more: { frames: frames.length, worst: rounded(Math.max(...frames.map(({ cpu }) => cpu))) },
    },
    {
      name: 'History, 50 executions a second, scrolled: longest task',
      unit: 'ms',
      limit: 50,
      value: task.cpu,
      wall: task.wall,
      bare: longestTask(base).cpu,
    },
  ]
}
