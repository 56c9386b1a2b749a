/** Several executions of the history, chosen and asked for something, as its users do it. */
import type { Locator, Page } from 'playwright-core'
import type { Deployment, PackFiles } from './deployment.ts'
import { byTest, reachesText } from './st2.ts'
import { until } from './until.ts'

/** Requests of re-runs, as a pattern of Playwright's. */
export const RERUN = '**/re_run*'

export const BULK_PACK: PackFiles = {
  'bulk/pack.yaml': `name: bulk
ref: bulk
description: Actions to choose from.
version: 1.0.0
author: tests
email: tests@example.com
`,
}

/** A pack's action that runs the command it is given. */
export const shellAction = (name: string): PackFiles => ({
  [`bulk/actions/${name}.yaml`]: `name: ${name}
pack: bulk
description: Runs a command.
runner_type: local-shell-cmd
enabled: true
entry_point: ""
parameters:
  password:
    type: string
    secret: true
  sudo:
    immutable: true
`,
})

/** What is said of the choice, or of what is done. */
export function said(page: Page): Locator {
  return byTest(page, 'bulk_said')
}

export function box(page: Page, at: number): Locator {
  return page.locator('[data-row-box]').nth(at)
}

export async function rerunChosen(page: Page, count: number): Promise<void> {
  await reachesText(byTest(page, 'bulk_rerun'), `Re-run ${count}`)
  await byTest(page, 'bulk_rerun').click()
  await byTest(page, 'bulk_confirm').click()
}

/** @returns the newest first, as the list has them */
export async function begin(
  server: Deployment,
  action: string,
  parameters: Record<string, unknown>,
  count: number,
): Promise<string[]> {
  const ids: string[] = []
  for (let runs = 0; runs < count; runs += 1) {
    const { id } = await server.api.executions.create({ action, parameters })
    await until('it runs', async () => (await server.api.executions.get(id)).status === 'running')
    ids.unshift(id)
  }
  return ids
}
