import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { startServer } from './support/server.ts'
import {
  byTest,
  details,
  historyRow,
  historyRows,
  purgeExecutions,
  reachesStatus,
  reachesText,
  runToEnd,
  taskReads,
} from './support/st2.ts'
import { until } from './support/until.ts'
import { WORKFLOWS } from './support/workflows.ts'
import { useWorld } from './support/world.ts'

const world = useWorld(WORKFLOWS, startServer)
const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

it('tells a run that has the screen to itself of that run, and of nothing else', async () => {
  const { server } = world
  const front = await world.front()
  const { id, go, finish } = await startRelease()
  const visitor = await world.visit({ through: front.url })
  const { page } = visitor
  await visitor.open(`/history/${id}/graph?view=whole`)
  await reachesText(page.locator('.live-dot'), /^Live/)
  await until('it is followed', () => front.told.includes(`"executions":["${id}"]`))

  const others = [
    await runToEnd(server, 'core.noop', {}),
    await runToEnd(server, 'core.local', { cmd: 'echo elsewhere' }),
  ]
  go()
  await taskReads(page, 'compile', /succeeded/)
  finish()
  await reachesStatus(page, 'succeeded')
  await taskReads(page, 'announce', /succeeded/)
  const children = await server.api.executions.list({ parent: id, limit: 50 })
  const { told } = front
  expect(others.filter((other) => told.includes(other))).toEqual([])
  expect(children.items.filter((child) => child.status === 'succeeded' && !told.includes(child.id))).toEqual([])
  expect(told, 'what tasks printed is asked for by whoever looks').not.toContain('checking out build 214')
  expect(front.eventStreams).toBe(0)

  // Back beside the list, which is told of everything at the top.
  await byTest(page, 'whole_button').click()
  await historyRows(page).first().waitFor()
  const seen = await runToEnd(server, 'core.noop', {})
  await reachesText(historyRow(page, seen), /succeeded/)
})

it('shows the result of what is looked at as soon as it has ended', async () => {
  const { server } = world
  const folder = newFolder()
  const cmd = `until test -e ${folder}/go; do sleep 0.05; done; echo the very result`
  const { id } = await server.api.executions.create({ action: 'core.local', parameters: { cmd } })
  const visitor = await world.visit()
  await visitor.open(`/history/${id}`)
  await reachesStatus(visitor.page, 'running')
  touch(folder, 'go')
  await reachesStatus(visitor.page, 'succeeded')
  const ended = performance.now()
  await byTest(visitor.page, 'action_output').getByText('the very result').first().waitFor()
  expect(performance.now() - ended, 'ms; not when it is asked for every 10 s').toBeLessThan(5000)
})

it('says that the stream of a run is lost, and catches up without a gap when it is back', async () => {
  const { server } = world
  const front = await world.front()
  const { id, go, finish } = await startRelease()
  const visitor = await world.visit({ through: front.url })
  const { page } = visitor
  await visitor.open(`/history/${id}/graph?view=whole`)
  await taskReads(page, 'checkout', /running/)
  await reachesText(page.locator('.live-dot'), /^Live/)

  visitor.expectServerAway()
  front.leave()
  await page.getByText('Live updates are interrupted').waitFor()
  go()
  await until('it goes on meanwhile', async () => (await server.api.executions.list({ parent: id })).items.length > 5)
  finish()
  await until('it ends meanwhile', async () => (await server.api.executions.get(id)).status === 'succeeded')
  expect(await page.locator('[data-task="announce"]').innerText()).not.toContain('succeeded')
  front.comeBack()
  await page.getByText('Live updates are interrupted').waitFor({ state: 'detached', timeout: 30_000 })
  await reachesStatus(page, 'succeeded')
  await taskReads(page, 'deploy', /succeeded .*3\/3 items/)
  await taskReads(page, 'announce', /succeeded/)
})

it('says that a run was deleted while nobody told the page', async () => {
  const { server } = world
  const front = await world.front()
  const id = await runToEnd(server, 'core.local', { cmd: 'echo soon gone' })
  const visitor = await world.visit({ through: front.url })
  const { page } = visitor
  await visitor.open(`/history/${id}`)
  await reachesStatus(page, 'succeeded')
  await reachesText(page.locator('.live-dot'), /^Live/)
  visitor.expectServerAway()
  front.leave()
  await page.getByText('Live updates are interrupted').waitFor()
  const timestamp = new Date(Date.now() + 60_000).toISOString()
  expect(await purgeExecutions(server, { timestamp })).toBe(200)
  front.comeBack()
  await details(page).getByText('This execution was deleted meanwhile.').waitFor({ timeout: 30_000 })
  await details(page).getByText('soon gone').first().waitFor()
})

it('is live by the event stream where something on the way lets no WebSocket through', async () => {
  const { server } = world
  const front = await world.front({ webSockets: false })
  const { id, go, finish } = await startRelease()
  const visitor = await world.visit({ through: front.url })
  const { page } = visitor
  await visitor.open('/history')
  await reachesText(page.locator('.live-dot'), /^Live/)
  expect([front.told, front.eventStreams]).toEqual(['', 1])
  const seen = await runToEnd(server, 'core.noop', {})
  await reachesText(historyRow(page, seen), /succeeded/)
  await visitor.open(`/history/${id}/graph?view=whole`)
  await taskReads(page, 'checkout', /running/)
  go()
  await taskReads(page, 'compile', /succeeded/)
  await taskReads(page, 'deploy', /running/)
  expect(front.eventStreams, 'whatever is looked at').toBe(1)

  visitor.expectServerAway()
  front.leave()
  await page.getByText('Live updates are interrupted').waitFor()
  front.comeBack()
  await page.getByText('Live updates are interrupted').waitFor({ state: 'detached', timeout: 30_000 })
  finish()
  await reachesStatus(page, 'succeeded')
})

/** A release that waits for its folder. */
async function startRelease(): Promise<{ id: string; go: () => void; finish: () => void }> {
  const folder = newFolder()
  const { id } = await world.server.api.executions.create({ action: 'runs.release', parameters: { folder } })
  const finish = (): void => {
    for (const file of ['web-1', 'web-2', 'web-3', 'healthy', 'good']) touch(folder, file)
  }
  return { id, go: () => touch(folder, 'go'), finish }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'st2-live-'))
  folders.push(folder)
  return folder
}

function touch(folder: string, file: string): void {
  writeFileSync(join(folder, file), '')
}
