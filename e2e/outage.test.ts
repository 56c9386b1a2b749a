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
