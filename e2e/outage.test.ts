import { expect, it } from 'vitest'
import { startServer } from './support/server.ts'
import { historyRows, reachesStatus, reachesText, runToEnd } from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

const world = useWorld({}, startServer)

it('says that live updates are interrupted when the server is killed, and catches up when it is back', async () => {
  const { server } = world
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history')
  await reachesText(page.locator('.live-dot'), /^Live/)
  const { id: cut } = await server.api.executions.create({ action: 'core.local', parameters: { cmd: 'sleep 300' } })
  await reachesText(historyRows(page).first(), /running/)

  visitor.expectServerAway()
  await server.kill()
  await page.getByText('Live updates are interrupted').waitFor()
  await server.start()
  // Before the page is connected again: nobody tells it about these.
  const missed = await runToEnd(server, 'core.local', { cmd: 'echo missed' })

  await page.getByText('Live updates are interrupted').waitFor({ state: 'detached', timeout: 30_000 })
  await reachesText(rowOf(missed), /succeeded/)
  await until('the cut one has ended', async () => !/running/.test(await rowOf(cut).innerText()))
  const after = await runToEnd(server, 'core.local', { cmd: 'echo after' })
  await reachesText(rowOf(after), /succeeded/)
  await visitor.open(`/history/${cut}`)
  await reachesStatus(page, 'abandoned')
  expect(server.processes.filter(({ commandLine }) => commandLine === 'sleep 300')).toEqual([])

  function rowOf(id: string) {
    return page.locator(`[data-execution="${id}"]`)
  }
})

it('loads the parts of the page that it still needs when the server is back', async () => {
  const { server } = world
  const run = await runToEnd(server, 'core.local', { cmd: 'echo still here' })
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history')
  await reachesText(page.locator('.live-dot'), /^Live/)
  visitor.expectServerAway()
  await server.kill()
  await page.getByText('Live updates are interrupted').waitFor()
  await page.getByRole('button', { name: 'Choose several' }).click()
  await page.getByRole('checkbox', { name: 'Choose all on this page' }).waitFor()
  await page.evaluate("location.hash = '#/rules'")
  await page.getByText('This page broke').waitFor({ state: 'detached' })

  await server.start()
  await page.getByRole('link', { name: 'New rule' }).first().waitFor({ timeout: 30_000 })
  await page.evaluate(`location.hash = '#/history/${run}'`)
  await page.locator('[data-test="bulk_bar"]').waitFor({ timeout: 30_000 })
  await reachesStatus(page, 'succeeded')
  const display = `getComputedStyle(document.querySelector('[data-test="bulk_bar"]')).display`
  expect(await page.evaluate(display), 'its style is there, too').toBe('flex')
})

it('says that there is a newer version when the server has other files by now', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history')
  await reachesText(page.locator('.live-dot'), /^Live/)
  visitor.expectServerAway()
  // As after an update: another page, and what this one is made of is gone.
  await page.route(/\/assets\/RulesPage-/, (route) => route.abort())
  const newer = '<!doctype html><script type="module" src="./assets/first-newer.js"></script>'
  await page.route(`${world.server.url}/`, (route) => route.fulfill({ contentType: 'text/html', body: newer }))
  await page.evaluate("location.hash = '#/rules'")
  await page.getByText('There is a newer version of this page').waitFor()
  await page.unrouteAll()
  await page.getByRole('button', { name: 'Reload' }).click()
  await page.getByRole('link', { name: 'New rule' }).first().waitFor()
  expect(visitor.path).toBe('/rules')
})
