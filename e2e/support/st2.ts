/** The WebUI's parts as its users name them. */
import type { Locator, Page } from 'playwright-core'
import { ADMIN, ADMIN_PASSWORD, type Deployment } from './deployment.ts'
import { until } from './until.ts'

export function byTest(page: Page | Locator, name: string): Locator {
  return page.locator(`[data-test="${name}"]`)
}

export function field(page: Page | Locator, name: string): Locator {
  return byTest(page, `field:${name}`)
}

/** Rows of the history list, newest first. */
export function historyRows(page: Page): Locator {
  return page.locator('section[aria-label="Executions"] [data-execution]')
}

export function historyRow(page: Page, id: string): Locator {
  return historyRows(page).and(page.locator(`[data-execution="${id}"]`))
}

export function details(page: Page): Locator {
  return byTest(page, 'details')
}

export async function signInByHand(page: Page, password = ADMIN_PASSWORD): Promise<void> {
  await page.getByLabel('Username').fill(ADMIN)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: /^(Connect|Sign in)$/ }).click()
}

export async function reachesText(locator: Locator, text: string | RegExp, deadlineMs?: number): Promise<void> {
  await until(
    `${locator} says ${text}`,
    async () => {
      if ((await locator.count()) === 0) return false
      const found = (await locator.first().innerText()).trim()
      return typeof text === 'string' ? found === text : text.test(found)
    },
    deadlineMs,
  )
}

/** The status that the details show. */
export function reachesStatus(page: Page, status: string | RegExp): Promise<void> {
  return reachesText(byTest(page, 'status'), status)
}

/** Runs an action to its end, as somebody else would over the API. */
export async function runToEnd(
  server: Deployment,
  action: string,
  parameters: Record<string, unknown>,
): Promise<string> {
  const { id } = await server.api.executions.create({ action, parameters })
  await until(`${action} ends`, async () => (await server.api.executions.get(id)).end_timestamp !== undefined)
  return id
}

/** What a task on the graph is said to be, in words. */
export async function taskReads(page: Page, name: string, words: RegExp): Promise<void> {
  await until(`${name} is ${words}`, async () => {
    const found = page.locator(`[data-task="${name}"]`)
    return (await found.count()) > 0 && words.test((await found.innerText()).replaceAll(/\s+/g, ' '))
  })
}

/** Removes executions that have ended, as an administrator does; answers the status of the answer. */
export async function purgeExecutions(
  server: Deployment,
  which: { readonly timestamp: string | undefined; readonly action_ref?: string },
): Promise<number> {
  const { token } = await server.login()
  const answer = await fetch(`${server.url}/api/v1/purges`, {
    method: 'POST',
    headers: { 'x-auth-token': token, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'executions', ...which }),
  })
  return answer.status
}
