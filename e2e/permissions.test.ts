import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { FORBIDDEN } from './support/front.ts'
import { startServer } from './support/server.ts'
import { byTest, details, historyRows, reachesStatus, runToEnd } from './support/st2.ts'
import type { Visit } from './support/visit.ts'
import { WORKFLOWS } from './support/workflows.ts'
import { useWorld } from './support/world.ts'

const world = useWorld(WORKFLOWS, startServer)
let run = ''

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'st2-permissions-'))
  for (const file of ['go', 'web-1', 'web-2', 'web-3', 'healthy', 'good']) writeFileSync(join(folder, file), '')
  run = await runToEnd(world.server, 'runs.release', { folder })
  rmSync(folder, { recursive: true })
})

it('says so where the details would be when an execution may not be seen', async () => {
  await withForbidden(new RegExp(`GET /api/v1/executions/${run}\\b`), async (visitor) => {
    await visitor.open(`/history/${run}/graph`)
    const said = details(visitor.page)
    await said.getByText('You may not see this execution').waitFor()
    expect(await said.innerText()).toContain(FORBIDDEN)
    await said.getByRole('link', { name: 'Back to the list' }).click()
    await historyRows(visitor.page).first().waitFor()
  })
})

it('says so in place of the list', async () => {
  await withForbidden(/GET \/api\/v1\/executions\?/, async (visitor) => {
    await visitor.open('/history')
    const list = visitor.page.locator('section[aria-label="Executions"]')
    await list.getByText('You may not see or do this').waitFor()
    expect(await list.innerText()).toContain(FORBIDDEN)
  })
})

it('shows of a run what may be seen, and says what may not', async () => {
  await withForbidden(/GET \/api\/v1\/workflows\//, async (visitor) => {
    const { page } = visitor
    for (const section of ['graph', 'timeline', 'tree'] as const) {
      await visitor.open(`/history/${run}/${section}?view=whole`)
      await reachesStatus(page, 'succeeded')
      await page.getByText(FORBIDDEN).first().waitFor()
    }
    await visitor.open(`/history/${run}/tree?view=whole`)
    // What ran is told without it.
    await page.locator('.tree-columns').nth(5).waitFor()
    expect(await page.getByText(FORBIDDEN).first().isVisible()).toBe(true)
  })
})

it('says so above the tasks when the executions below a run may not be seen', async () => {
  await withForbidden(/GET \/api\/v1\/executions\?parent=/, async (visitor) => {
    await visitor.open(`/history/${run}/tree?view=whole`)
    await visitor.page.getByText(FORBIDDEN).first().waitFor()
    // The workflow tells what it did.
    await visitor.page.locator('.tree-columns').nth(5).waitFor()
    await reachesStatus(visitor.page, 'succeeded')
    expect(await visitor.page.getByText(FORBIDDEN).first().isVisible()).toBe(true)
  })
})

it('says so beside the button that was pressed, and nothing is lost', async () => {
  const { server } = world
  const { id } = await server.api.executions.create({
    action: 'core.local',
    parameters: { cmd: 'sleep 600', timeout: 700 },
  })
  await withForbidden(/(DELETE|PUT) \/api\/v1\/executions\/|POST \/api\/v1\/executions/, async (visitor) => {
    const { page } = visitor
    await visitor.open(`/history/${id}`)
    await reachesStatus(page, 'running')
    await byTest(page, 'cancel_button').click()
    await page.getByText(FORBIDDEN).first().waitFor()
    await reachesStatus(page, 'running')

    await visitor.open(`/history/${id}/rerun`)
    const form = byTest(page, 'rerun_form_action')
    await form.getByLabel('cmd').fill('sleep 601')
    await byTest(page, 'rerun_submit').click()
    await page.getByRole('dialog').getByText(FORBIDDEN).waitFor()
    expect(await form.getByLabel('cmd').inputValue()).toBe('sleep 601')
  })
  await server.api.executions.cancel(id)
})

it('says so where a result would be', async () => {
  const id = await runToEnd(world.server, 'core.local', { cmd: 'seq 1 200000' })
  await withForbidden(/\/executions\/[0-9a-f]+\/result/, async (visitor) => {
    await visitor.open(`/history/${id}`)
    await details(visitor.page).getByText(FORBIDDEN).waitFor()
    expect(await byTest(visitor.page, 'status').innerText()).toBe('succeeded')
  })
})

async function withForbidden(forbidden: RegExp, visiting: (visitor: Visit) => Promise<void>): Promise<void> {
  const front = await world.front({ forbidden })
  await visiting(await world.visit({ through: front.url }))
}
