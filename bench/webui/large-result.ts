import type { BrowserContext, Page } from 'playwright-core'
import { setTimeout as delay } from 'node:timers/promises'
import { openPage, settled } from '../support/browser.ts'
import { longestTask } from '../support/main-thread.ts'
import type { BenchServer } from '../support/server-process.ts'
import { traced } from '../support/trace.ts'
import type { Figure } from './figure.ts'

/** A result of 10 MB is opened from the History, and the list in it. */
export async function largeResult(
  context: BrowserContext,
  server: BenchServer,
  id: string,
  bare: Page,
): Promise<Figure> {
  const base = await traced(bare, () => delay(2000))
  const page = await openPage(context, server, '/history')
  await page.locator('[data-execution]').first().waitFor()
  await settled(page)
  const trace = await traced(page, async () => {
    await page.evaluate(`location.hash = '#/history/${id}'`)
    const row = page.getByRole('tree', { name: 'Result' }).getByRole('treeitem', { name: /^hosts/ })
    await row.click()
    await page.getByRole('treeitem', { name: /^0 … / }).waitFor()
  })
  await page.close()
  const task = longestTask(trace)
  return {
    name: 'result of 10 MB opened: longest task',
    unit: 'ms',
    limit: 100,
    value: task.cpu,
    wall: task.wall,
    bare: longestTask(base).cpu,
  }
}
