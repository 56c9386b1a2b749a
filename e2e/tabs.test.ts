import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { byTest, details, historyRow, reachesStatus, reachesText, runToEnd } from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

const world = useWorld()
/** As many as a browser opens connections to a server. */
const TABS = 6
const PRINTS_AND_WAITS = { cmd: 'echo printed; sleep 600', timeout: 700 }

it('keeps six tabs of the history live, and every one of them gets its answers', async () => {
  const { server } = world
  const visitor = await world.visit()
  const tabs = [visitor.page, ...(await Promise.all(Array.from({ length: TABS - 1 }, () => visitor.openTab())))]
  for (const tab of tabs) {
    await visitor.open('/history', tab)
    await reachesText(tab.locator('.live-dot'), /^Live/)
  }

  const { id } = await server.api.executions.create({ action: 'core.local', parameters: { cmd: 'sleep 300' } })
  for (const tab of tabs) await reachesText(historyRow(tab, id), /running/)

  for (const tab of tabs) {
    await tab.bringToFront()
    await historyRow(tab, id).click()
    await reachesStatus(tab, 'running')
    await tab.getByRole('link', { name: 'Code', exact: true }).click()
    await byTest(tab, 'execution_code').waitFor()
  }
  await server.api.executions.cancel(id)
  for (const tab of tabs) await reachesText(historyRow(tab, id), /canceled/)
  expect(await Promise.all(tabs.map((tab) => tab.locator('.live-dot').getAttribute('data-state')))).toEqual(
    tabs.map(() => 'live'),
  )
})

it('goes on in the other tabs when the tab that was opened first is closed', async () => {
  const { server } = world
  const visitor = await world.visit()
  const second = await visitor.openTab()
  for (const tab of [visitor.page, second]) {
    await visitor.open('/history', tab)
    await reachesText(tab.locator('.live-dot'), /^Live/)
  }
  await visitor.page.close()
  const id = await runToEnd(server, 'core.noop', {})
  await reachesText(historyRow(second, id), /succeeded/)
  expect(await second.locator('.live-dot').getAttribute('data-state')).toBe('live')
})

it('follows output only where it is seen, so that any number of tabs may show an execution that prints', async () => {
  const { server } = world
  const { id } = await server.api.executions.create({ action: 'core.local', parameters: PRINTS_AND_WAITS })
  const visitor = await world.visit()
  const tabs: Page[] = []
  for (let count = 0; count < TABS; count += 1) {
    for (const tab of tabs) await setVisibility(tab, 'hidden')
    const tab = count === 0 ? visitor.page : await visitor.openTab()
    tabs.push(tab)
    await visitor.open(`/history/${id}`, tab)
    await details(tab).getByText('printed', { exact: true }).waitFor()
  }
  const { id: other } = await server.api.executions.create({ action: 'core.local', parameters: PRINTS_AND_WAITS })
  const [first] = tabs
  if (first === undefined) throw new Error('no tab')
  await setVisibility(first, 'visible')
  await historyRow(first, other).click()
  await details(first).getByText('printed', { exact: true }).waitFor()
  const isShown = (tab: Page) => details(tab).getByText('printed', { exact: true }).isVisible()
  expect(await Promise.all(tabs.map(isShown)), 'what is hidden keeps what it has').toEqual(tabs.map(() => true))
  for (const execution of [id, other]) await server.api.executions.cancel(execution)
})

it('says so when windows side by side follow more output than there are connections, and lets the next one in', async () => {
  const { server } = world
  const { id } = await server.api.executions.create({ action: 'core.local', parameters: PRINTS_AND_WAITS })
  const visitor = await world.visit()
  const windows = [visitor.page, ...(await Promise.all(Array.from({ length: TABS - 1 }, () => visitor.openTab())))]
  for (const window of windows) await visitor.open(`/history/${id}`, window)
  for (const window of windows) await reachesStatus(window, 'running')
  await until('some follow and some wait', async () => {
    const said = await Promise.all(windows.map((window) => details(window).innerText()))
    const waiting = said.filter((text) => text.includes('Other windows follow output already'))
    const following = said.filter((text) => /^printed$/m.test(text))
    return following.length === 3 && waiting.length === 3
  })
  for (const window of windows) {
    await details(window).getByText('printed', { exact: true }).waitFor()
    expect(await details(window).innerText()).not.toContain('Other windows')
    await window.close()
  }
  await server.api.executions.cancel(id)
})

it('shows what was printed before and what is printed after, without waiting for the next line', async () => {
  const { server } = world
  const cmd = 'for n in 1 2 3; do echo "line $n"; done; sleep 600'
  const { id } = await server.api.executions.create({ action: 'core.local', parameters: { cmd, timeout: 700 } })
  await until('the server has it', async () => /line 3/.test(await server.api.executions.output(id)))
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${id}`)
  await details(page).getByText('line 3', { exact: true }).waitFor({ timeout: 5000 })
  // Back and forth in one page, as people do.
  for (const section of ['code', 'general', 'code', 'general']) await visitor.open(`/history/${id}/${section}`)
  await details(page).getByText('line 3', { exact: true }).waitFor({ timeout: 5000 })
  await setVisibility(page, 'hidden')
  await setVisibility(page, 'visible')
  await details(page).getByText('line 3', { exact: true }).waitFor({ timeout: 5000 })
  expect(await details(page).getByText('line 3', { exact: true }).count(), 'told again, shown once').toBe(1)
  await server.api.executions.cancel(id)
})

it('is live without a shared worker, too', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await page.addInitScript('delete window.SharedWorker')
  await visitor.open('/history')
  await reachesText(page.locator('.live-dot'), /^Live/)
  const { id } = await world.server.api.executions.create({ action: 'core.local', parameters: PRINTS_AND_WAITS })
  await reachesText(historyRow(page, id), /running/)
  await historyRow(page, id).click()
  await details(page).getByText('printed', { exact: true }).waitFor()
  await world.server.api.executions.cancel(id)
  await reachesText(historyRow(page, id), /canceled/)
  expect(await page.evaluate('typeof SharedWorker')).toBe('undefined')
})

/** The browser under test shows all its tabs at once; this is what it tells one that is not on top. */
async function setVisibility(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => '${state}' })
    document.dispatchEvent(new Event('visibilitychange'))
  `)
}
