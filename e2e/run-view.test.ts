import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkScreens } from './support/screens.ts'
import { byTest, details, reachesStatus, reachesText, runToEnd, taskReads } from './support/st2.ts'
import { until } from './support/until.ts'
import { WORKFLOWS } from './support/workflows.ts'
import { useWorld } from './support/world.ts'

const world = useWorld(WORKFLOWS)
const folders: string[] = []
/** A release that failed at its last check but one. */
let failed = ''

beforeAll(async () => {
  const folder = newFolder()
  for (const file of ['go', 'web-1', 'web-2', 'web-3', 'healthy']) touch(folder, file)
  failed = await runToEnd(world.server, 'runs.release', { folder, password: 'tell nobody' })
})

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

it('is watched as it runs: a join, items, a retry, a failure; and goes on from the task that failed', async () => {
  const { server } = world
  const folder = newFolder()
  const { id } = await server.api.executions.create({ action: 'runs.release', parameters: { folder } })
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${id}/graph`)
  await taskReads(page, 'checkout', /running/)
  await taskReads(page, 'package', /not started/)
  touch(folder, 'go')
  await taskReads(page, 'compile', /succeeded/)
  await taskReads(page, 'lint', /succeeded/)
  await taskReads(page, 'deploy', /running .*0\/3 items/)
  touch(folder, 'web-2')
  await taskReads(page, 'deploy', /running .*1\/3 items/)
  for (const host of ['web-1', 'web-3']) touch(folder, host)
  await taskReads(page, 'deploy', /succeeded .*3\/3 items/)
  await taskReads(page, 'probe', /attempt 2/)
  touch(folder, 'healthy')
  await taskReads(page, 'verify', /failed/)
  await reachesStatus(page, 'failed')
  await taskReads(page, 'announce', /not reached/)
  await leads(page, 'verify>fail__t0', 'taken')
  await leads(page, 'verify>announce__t0', 'refused')

  await task(page, 'verify').click()
  await until('the address says which task', () => visitor.path.endsWith('?task=verify'))
  const detail = byTest(page, 'task_detail')
  await reachesText(byTest(detail, 'task_status'), 'failed')
  await detail.getByText('the release is bad', { exact: true }).waitFor()
  await byTest(detail, 'task_variables').getByText('"checking out build 214"').waitFor()

  touch(folder, 'good')
  await byTest(detail, 'task_rerun').click()
  const popup = byTest(page, 'rerun_tasks_popup')
  await popup.getByRole('checkbox', { name: 'verify' }).waitFor()
  expect(await popup.getByRole('checkbox', { name: 'verify' }).isChecked()).toBe(true)
  expect(await popup.getByRole('checkbox', { name: 'announce' }).count(), 'it has not run').toBe(0)
  await byTest(popup, 'rerun_tasks_submit').click()
  await until('the new execution is shown', () => !visitor.path.includes(id))
  await reachesStatus(page, 'succeeded')
  await taskReads(page, 'announce', /succeeded/)
  await taskReads(page, 'deploy', /succeeded .*3\/3 items/)
  await taskReads(page, 'verify', /succeeded 2 runs/)
})

it('tells each attempt and each item of a task', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${failed}/graph?task=deploy`)
  const items = byTest(page, 'task_items')
  await items.locator('[data-execution]').nth(2).waitFor()
  await items.getByRole('radio', { name: 'failed 0' }).click()
  await items.getByText('None.').waitFor()
  await items.getByRole('radio', { name: 'all 3' }).click()
  await byTest(page, 'task_published').getByText('deployed').waitFor()
  const variables = byTest(page, 'task_variables')
  await variables.getByText('password').waitFor()
  expect(await page.content(), 'secrets are not even in the page').not.toContain('tell nobody')
  await items.locator('[data-execution]').first().click()
  await reachesText(byTest(page, 'header_name'), 'core.local')
})

it('shows when each task ran, and what is below it, as deep as it goes', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${failed}/timeline?view=whole`)
  const timeline = byTest(page, 'timeline')
  await rowOf(page, 'checkout').waitFor()
  expect(await page.locator('section[aria-label="Executions"]').count(), 'the list is away').toBe(0)
  // What followed what is told by the workflow, a moment after its executions.
  await timeline.locator('[data-critical] .bar[data-kind="run"]').nth(4).waitFor()
  await rowOf(page, 'verify').focus()
  await timeline.getByText(/^verify · failed · .*running .* · on the critical path$/).waitFor()
  const before = await page.locator('.timeline-tick').allInnerTexts()
  await timeline.getByRole('button', { name: 'Zoom in' }).click()
  await until('the ticks are others', async () => {
    const after = await page.locator('.timeline-tick').allInnerTexts()
    return after.join() !== before.join()
  })
  await byTest(page, 'whole_button').click()
  await page.locator('section[aria-label="Executions"]').waitFor()

  await page.getByRole('link', { name: 'Tree', exact: true }).click()
  await page.locator('.tree-columns').first().waitFor()
  await rowOf(page, 'deploy').focus()
  await page.keyboard.press('ArrowRight')
  await rowOf(page, 'item 3').waitFor()
  await page.keyboard.press('ArrowLeft')
  await rowOf(page, 'item 3').waitFor({ state: 'detached' })
})

it('has one log of everything, to be searched, filtered and linked to', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${failed}/log?view=whole`)
  const log = byTest(page, 'run_log')
  await line(log, 'compiled all parts').waitFor()
  expect(await line(log, 'compiled all parts').locator('.ansi-green').innerText()).toBe('compiled')
  await line(log, 'the release is bad').waitFor()
  await log.getByRole('radio', { name: 'Errors' }).click()
  await line(log, 'compiled all parts').waitFor({ state: 'detached' })
  await line(log, 'deprecated call').waitFor()
  await log.getByRole('combobox', { name: 'Task' }).selectOption('verify')
  await line(log, 'deprecated call').waitFor({ state: 'detached' })
  expect(visitor.path).toContain('task=verify')
  await log.getByRole('radio', { name: 'All' }).click()
  await byTest(log, 'filter').fill('RELEASE IS')
  await reachesText(log.getByRole('status'), /^1 of \d+ lines$/)
  await line(log, 'the release is bad').getByRole('link').click()
  await page.reload()
  await line(log, 'the release is bad').and(log.locator('[data-linked]')).waitFor()
})

it('pauses and goes on, and says why it cannot', async () => {
  const folder = newFolder()
  const { id } = await world.server.api.executions.create({ action: 'runs.release', parameters: { folder } })
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${id}`)
  await reachesStatus(page, 'running')
  await byTest(page, 'pause_button').click()
  await reachesStatus(page, 'pausing')
  expect(await reason(byTest(page, 'pause_button'))).toBe('It pauses as soon as the tasks that run have ended.')
  touch(folder, 'go')
  await reachesStatus(page, 'paused')
  await byTest(page, 'resume_button').click()
  await reachesStatus(page, 'running')
  expect(await reason(byTest(page, 'rerun_tasks_button'))).toMatch(/when the workflow has ended/)
  await byTest(page, 'cancel_button').click()
  await reachesStatus(page, /^cancel/)
  for (const host of ['web-1', 'web-2', 'web-3']) touch(folder, host)
  await reachesStatus(page, 'canceled')
  expect(await byTest(page, 'pause_button').count(), 'what is over cannot be paused').toBe(0)
  expect(await byTest(page, 'cancel_button').count()).toBe(0)
})

it('is answered where it is seen to wait, though a workflow below it asks', async () => {
  const { id } = await world.server.api.executions.create({ action: 'runs.ask', parameters: {} })
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${id}`)
  const inquiry = byTest(page, 'inquiry')
  await inquiry.getByText('approve waits for an answer').waitFor()
  await byTest(inquiry, 'inquiry_submit').click()
  await inquiry.getByText('An answer is required').waitFor()
  await inquiry.getByRole('radio', { name: 'true' }).click()
  await byTest(inquiry, 'inquiry_submit').click()
  await reachesStatus(page, 'succeeded')
  await inquiry.waitFor({ state: 'detached' })
  await taskReads(page, 'carry_on', /succeeded/)
  await page.locator('[data-run-status]:focus').waitFor()
  expect(visitor.path, 'nobody had to go elsewhere').toBe(`/history/${id}`)
})

it('says who may answer, and that somebody else may not', async () => {
  const { api } = world.server
  const visitor = await world.visit()
  const { page } = visitor
  const inquiry = byTest(page, 'inquiry')
  const forAnn = await api.executions.create({ action: 'core.ask', parameters: { users: ['ann'] } })
  await visitor.open(`/history/${forAnn.id}`)
  await inquiry.getByText('May answer: ann.').waitFor()
  expect(await reason(byTest(inquiry, 'inquiry_submit'))).toBe('Only ann may answer.')

  await api.executions.cancel(forAnn.id)
})

it('says wherever one looks why it was refused, and asks for nothing that is not there', async () => {
  const id = await runToEnd(world.server, 'runs.wrong', {})
  const visitor = await world.visit()
  const { page } = visitor
  const refused: string[] = []
  page.on('response', (response) => {
    if (response.status() >= 400) refused.push(response.url())
  })
  for (const section of ['', '/graph', '/timeline', '/tree', '/log']) {
    await visitor.open(`/history/${id}${section}?status=failed`)
    await byTest(page, 'refusals').getByText('core.absent').waitFor()
    await byTest(page, 'refusals').getByText('nowhere').waitFor()
  }
  expect(await reason(byTest(page, 'rerun_tasks_button'))).toMatch(/^No task has run/)
  expect(refused).toEqual([])
  await page.getByRole('radiogroup', { name: 'Status' }).getByRole('radio', { name: 'All' }).click()
  await until('the log stays under other filters', () => visitor.path === `/history/${id}/log`)
  await visitor.open('/history/5f5f5f5f5f5f5f5f5f5f5f5f?timestamp_gt=hello')
  await page.getByText('There is no such execution').waitFor()
  expect(refused, 'asked for once').toHaveLength(1)
})

it('is walked and run again by keyboard alone', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${failed}/graph?view=whole`)
  await task(page, 'checkout').waitFor()
  await task(page, 'checkout').focus()
  const walked: string[] = []
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown']) {
    await page.keyboard.press(key)
    await until('the next task has the focus', async () => (await focusedTask(page)) !== walked.at(-1))
    walked.push((await focusedTask(page)) ?? '')
  }
  expect(walked.slice(1)).toEqual(['package', 'deploy', 'probe', 'verify'])
  await until('the address follows', () => visitor.path.includes('task=verify'))
  await page.keyboard.press('Escape')
  await byTest(page, 'task_detail').waitFor({ state: 'detached' })
  await page.keyboard.press('Enter')
  await byTest(page, 'task_detail').waitFor()
  await byTest(page, 'task_rerun').focus()
  await page.keyboard.press('Enter')
  await byTest(page, 'rerun_tasks_popup').getByRole('checkbox', { name: 'verify' }).waitFor()
  await page.keyboard.press('Escape')
  await byTest(page, 'rerun_tasks_popup').waitFor({ state: 'detached' })
  expect(visitor.path).toBe(`/history/${failed}/graph?task=verify&view=whole`)
})

it('is played again step by step, with the variables of then', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${failed}/graph`)
  await taskReads(page, 'verify', /failed/)
  await byTest(page, 'replay_button').click()
  await taskReads(page, 'checkout', /running/)
  await taskReads(page, 'verify', /not started/)
  await task(page, 'package').click()
  const slider = byTest(page, 'replay_slider')
  await slider.focus()
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight')
  await reachesText(byTest(page, 'replay_happened'), /^(compile|lint) succeeded$/)
  expect(visitor.path).toContain('step=4')
  await taskReads(page, 'package', /running/)
  await byTest(page, 'replay_task').getByText('"checking out build 214"').waitFor()
  await page.keyboard.press('End')
  await taskReads(page, 'verify', /failed/)
  await leads(page, 'verify>fail__t0', 'taken')
  await page.getByRole('button', { name: 'End the replay' }).click()
  await byTest(page, 'replay').waitFor({ state: 'detached' })
})

it('is compared with the run that it repeats', async () => {
  const { server } = world
  const given = (await server.api.executions.get(failed)).parameters ?? {}
  const folder = newFolder()
  for (const file of ['go', 'web-1', 'web-2', 'web-3', 'healthy', 'good']) touch(folder, file)
  const { id } = await server.api.executions.rerun(failed, { parameters: { folder } })
  await until('it ends', async () => (await server.api.executions.get(id)).status === 'succeeded')
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${id}`)
  await byTest(page, 'compare_button').click()
  await byTest(page, 'compare_origin').click()
  await until('both are shown', () => visitor.path === `/history/${id}/compare/${failed}`)
  await reachesText(page.locator('[data-pair="verify"]'), /^verify\s+failed.*succeeded/s)
  await taskReads(page, 'announce', /not reached → succeeded/)
  const parameters = byTest(page, 'compare_parameters')
  await parameters.getByText(String(given['folder'])).waitFor()
  await parameters.getByText(folder).waitFor()
  await byTest(page, 'compare_result').getByText('errors').first().waitFor()
  await page.getByRole('button', { name: 'Swap' }).click()
  await reachesText(page.locator('[data-pair="verify"]'), /^verify\s+succeeded.*failed/s)
  expect(visitor.path).toBe(`/history/${failed}/compare/${id}`)
})

it('keeps links to the general page, and draws chains and plain actions as before', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${failed}/general`)
  await taskReads(page, 'verify', /failed/)
  await task(page, 'verify').click()
  await until('the task is opened', () => visitor.path === `/history/${failed}/graph?task=verify`)

  const chain = await runToEnd(world.server, 'examples.echochain', {})
  await visitor.open(`/history/${chain}/graph`)
  await taskReads(page, 'c3', /succeeded/)
  await leads(page, 'c1>succeeded', 'taken')

  const plain = await runToEnd(world.server, 'core.local', { cmd: 'echo plain' })
  await visitor.open(`/history/${plain}/graph`)
  await reachesText(byTest(page, 'action_output'), /plain/)
  expect(await details(page).getByRole('link', { name: 'Graph', exact: true }).count()).toBe(0)
})

it('opens a run of three hundred tasks at once', async () => {
  const id = await runToEnd(world.server, 'runs.many', {})
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${failed}/graph`)
  await taskReads(page, 'verify', /failed/)
  const started = performance.now()
  await page.evaluate(`location.hash = '#/history/${id}/graph'`)
  await page.locator('[data-task="w0_0"]').waitFor()
  const took = performance.now() - started
  expect(took, 'ms').toBeLessThan(3000)
  await page.getByRole('link', { name: 'Timeline', exact: true }).click()
  await rowOf(page, 'w0_0').waitFor()
  expect(await page.locator('.run-row').count(), 'only lines in sight exist').toBeLessThan(100)
})

const SECTIONS = ['general', 'graph', 'timeline', 'tree', 'log'] as const

checkScreens(world, [
  {
    name: 'run-replay',
    path: () => `/history/${failed}/graph?step=4&view=whole`,
    isThere: (page) => taskReads(page, 'package', /running/),
  },
  {
    name: 'run-compare',
    path: () => `/history/${failed}/compare/${failed}`,
    isThere: (page) => page.locator('[data-pair="verify"]').waitFor(),
  },
  ...SECTIONS.map((section) => ({
    name: `run-${section}`,
    // Rows of workflows in the list have a button at their beginning, over the row.
    path: () => `/history/${failed}/${section}?${section === 'graph' ? 'task=verify&' : ''}view=whole`,
    isThere: async (page: Page) => {
      await byTest(page, 'status').waitFor()
      const seen = {
        timeline: '.bar',
        tree: '.tree-columns',
        log: '.run-log-line',
        graph: '.task-detail',
        general: '.way',
      }
      await page.locator(seen[section]).first().waitFor({ state: 'attached' })
      if (section === 'log') await line(byTest(page, 'run_log'), 'the release is bad').waitFor()
      if (section === 'graph') await byTest(page, 'task_variables').waitFor()
    },
  })),
])

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'st2-run-view-'))
  folders.push(folder)
  return folder
}

function touch(folder: string, file: string): void {
  writeFileSync(join(folder, file), '')
}

function task(page: Page, name: string): Locator {
  return page.locator(`[data-task="${name}"]`)
}

function leads(page: Page, edge: string, state: 'taken' | 'refused'): Promise<void> {
  return page.locator(`[data-edge="${edge}"][data-state="${state}"]`).waitFor({ state: 'attached' })
}

function rowOf(page: Page, title: string): Locator {
  return page
    .locator('.run-row-link')
    .filter({ has: page.locator('.run-row-title', { hasText: new RegExp(`^${title}$`) }) })
}

function line(log: Locator, text: string): Locator {
  return log.locator('.run-log-line', { hasText: text })
}

/** Why a button cannot be used. */
async function reason(button: Locator): Promise<string | null> {
  const id = await button.getAttribute('aria-describedby')
  return id === null ? null : button.page().locator(`[id="${id}"]`).textContent()
}

function focusedTask(page: Page): Promise<string | null> {
  return page.evaluate<string | null>('document.activeElement?.dataset?.task ?? null')
}
