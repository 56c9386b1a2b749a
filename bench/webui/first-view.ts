import type { Browser } from 'playwright-core'
import { setTimeout as delay } from 'node:timers/promises'
import { openWindow } from '../support/browser.ts'
import { startCountingProxy } from '../support/counting-proxy.ts'
import { ADMIN, type BenchServer } from '../support/server-process.ts'
import { rounded } from '../support/statistics.ts'
import type { Figure } from './figure.ts'

/** ms in which nothing more is asked for: what is loaded ahead belongs to it. */
const QUIET_MS = 2000

/** From an empty browser over the login to the History: everything that is loaded, as a front sends it compressed. */
export async function firstView(browser: Browser, server: BenchServer): Promise<Figure> {
  await using proxy = await startCountingProxy(server.url)
  const context = await openWindow(browser)
  const page = await context.newPage()
  await page.goto(proxy.url)
  await page.getByLabel('Username').fill(ADMIN.name)
  await page.getByLabel('Password').fill(ADMIN.password)
  await page.getByRole('button', { name: /^(Connect|Sign in)$/ }).click()
  await page.locator('[data-execution]').first().waitFor()
  for (let seen = -1; seen !== proxy.compressedBytes.size; ) {
    seen = proxy.compressedBytes.size
    await delay(QUIET_MS)
  }
  await context.close()
  const kilobytes = (isCounted: (path: string) => boolean): number =>
    [...proxy.compressedBytes].reduce((sum, [path, bytes]) => sum + (isCounted(path) ? bytes : 0), 0) / 1000
  return {
    name: 'first view, login to History, compressed',
    unit: 'KB',
    limit: 200,
    value: kilobytes(() => true),
    more: {
      scripts: rounded(kilobytes((path) => path.endsWith('.js'))),
      styles: rounded(kilobytes((path) => path.endsWith('.css'))),
      answers: rounded(kilobytes((path) => /^\/(?:api|auth|stream)\//.test(path))),
    },
  }
}
