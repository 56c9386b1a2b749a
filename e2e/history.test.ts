import { expect, it } from 'vitest'
import { byTest, details, historyRows, reachesStatus, reachesText, runToEnd } from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

/** Its action is run by no other file: the deployment may be shared. */
const world = useWorld({
  'told/pack.yaml': `name: told
ref: told
description: An action of its own.
version: 1.0.0
author: tests
email: tests@example.com
`,
  'told/actions/shell.yaml': `name: shell
pack: told
description: Runs a command.
runner_type: local-shell-cmd
enabled: true
entry_point: ""
parameters:
  sudo:
    immutable: true
`,
})
const SHOWN_EXECUTIONS = `[...document.querySelectorAll('[data-execution]')].map((row) => row.dataset.execution)`

it('reads filters from the address and keeps the list to them while executions come and go', async () => {
  const { server } = world
  await runToEnd(server, 'told.shell', { cmd: 'true' })
  const failed = await runToEnd(server, 'told.shell', { cmd: 'exit 1' })
  const { id: slow } = await server.api.executions.create({ action: 'told.shell', parameters: { cmd: 'sleep 300' } })
  await runToEnd(server, 'core.echo', { message: 'another action' })

  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history?action=told.shell&status=failed,running')
  await shows([slow, failed])

  const again = await runToEnd(server, 'told.shell', { cmd: 'exit 2' })
  await shows([again, slow, failed])
  await runToEnd(server, 'told.shell', { cmd: 'true' })
  await server.api.executions.cancel(slow)
  await shows([again, failed])
  expect(visitor.path).toBe('/history?action=told.shell&status=failed,running')

  await page.getByRole('radiogroup', { name: 'Status' }).getByRole('radio', { name: 'All' }).click()
  await until('the address has no status', () => visitor.path === '/history?action=told.shell')
  await until('all of told.shell are shown', async () => (await historyRows(page).count()) === 5)
  await page.goBack()
  await shows([again, failed])

  async function shows(ids: readonly string[]): Promise<void> {
    await until(`the list is ${ids.join(', ')}`, async () => {
      const found = await page.evaluate<string[]>(SHOWN_EXECUTIONS)
      return found.join() === ids.join()
    })
  }
})

it('says so when nothing matches the filters, and offers all executions', async () => {
  await runToEnd(world.server, 'core.noop', {})
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history?action=no.such&user=nobody')
  await page.getByText('Nothing matches these filters').waitFor()
  await page.getByRole('link', { name: 'Show all executions' }).click()
  await historyRows(page).first().waitFor()
  expect(visitor.path).toBe('/history')
})

it('turns pages, and a page is a place to come back to', async () => {
  const { server } = world
  await Promise.all(Array.from({ length: 60 }, () => runToEnd(server, 'core.noop', {})))
  const visitor = await world.visit()
  const { page } = visitor
  const said = page.locator('section[aria-label="Executions"] .pane-foot [role="status"]')
  await visitor.open('/history?action=core.noop')
  await reachesText(said, /^1–50 of 6\d$/)
  await page.getByRole('button', { name: 'Older' }).click()
  await reachesText(said, /^51–6\d of 6\d$/)
  expect(visitor.path).toBe('/history?page=2&action=core.noop')
  await page.reload()
  await reachesText(said, /^51–6\d of 6\d$/)
  await page.getByRole('button', { name: 'Newer' }).click()
  await reachesText(said, /^1–50 of 6\d$/)
})

it('says that there is no such execution', async () => {
  const visitor = await world.visit()
  await visitor.open('/history/0123456789abcdef01234567')
  await details(visitor.page).getByText('There is no such execution').waitFor()
  await details(visitor.page).getByRole('link', { name: 'Back to the list' }).click()
  await visitor.page
    .getByRole('status')
    .filter({ hasText: /^No executions$|of \d+$/ })
    .waitFor()
  expect(visitor.path).toBe('/history')
})

it('copies a run as a command that can be typed', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  const id = await runToEnd(world.server, 'core.local', { cmd: "echo 'two words'", env: { A: 'b c' } })
  await visitor.open(`/history/${id}`)
  await page.getByRole('button', { name: 'Copy as a command' }).click()
  await page.getByRole('menuitem', { name: 'st2 run …' }).click()
  await page.getByText('Command copied').waitFor()
  const copied = await page.evaluate<string>('navigator.clipboard.readText()')
  expect(copied).toBe(`st2 run core.local cmd='echo '\\''two words'\\''' env='{"A":"b c"}'`)
})

it('goes to actions, executions and screens from the command palette', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  const id = await runToEnd(world.server, 'core.local', { cmd: 'echo found' })
  await visitor.open('/history')
  await historyRows(page).first().waitFor()

  await page.keyboard.press('Control+k')
  await byTest(page, 'palette_input').fill('core echo')
  await page.getByRole('option', { name: /core\.echo/ }).waitFor()
  await page.keyboard.press('Enter')
  await until('the action is shown', () => visitor.path === '/actions/core.echo')

  await page.keyboard.press('Control+k')
  await byTest(page, 'palette_input').fill(id)
  await page.keyboard.press('Enter')
  await reachesStatus(page, 'succeeded')
  expect(visitor.path).toBe(`/history/${id}`)

  await page.keyboard.press('Control+k')
  await byTest(page, 'palette_input').waitFor()
  await page.keyboard.press('Escape')
  await byTest(page, 'palette_input').waitFor({ state: 'detached' })
})

it('opens a result of 10 MB without keeping the page from answering', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  const id = await runToEnd(world.server, 'core.local', {
    cmd: `printf '{"numbers": ['; seq -s, 1000000 2300000 | tr -d '\\n'; printf ']}'`,
  })
  const { result_size: size = 0 } = await world.server.api.executions.get(id, { max_result_size: 1 })
  expect(size).toBeGreaterThan(10_000_000)

  await visitor.open('/history')
  await historyRows(page).first().waitFor()
  await page.evaluate(`
    window.longTasks = []
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((entry) => entry.duration)))
      .observe({ type: 'longtask' })
  `)
  await visitor.open(`/history/${id}`)
  await details(page).getByRole('button', { name: 'Show result' }).click()
  const tree = details(page).getByRole('tree')
  await tree.waitFor()
  await tree.getByText('numbers').waitFor()
  const longTasks = await page.evaluate<number[]>('window.longTasks')
  expect(Math.max(0, ...longTasks), 'ms of the longest task').toBeLessThan(100)
})
