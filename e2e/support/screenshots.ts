import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const FOLDER = fileURLToPath(new URL('../../artifacts/e2e', import.meta.url))

/** Keeps what the page looks like at this step, for whoever reads the test's outcome. */
export async function shoot(page: Page, step: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  await page.screenshot({ path: join(FOLDER, `${step}.png`), animations: 'disabled' })
}
