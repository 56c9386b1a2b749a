import {
  type Document,
  type ExecutionDocument,
  executions,
  workflowEvents,
  type WorkflowExecution,
  workflowExecutions,
  workflowSnapshots,
} from '@st2/model'
import { describe, expect, it } from 'vitest'
import { cancelExecution } from '../../src/executions/cancel-execution.ts'
import { pauseExecution, resumeExecution } from '../../src/executions/pause-execution.ts'
import { purgeExecutions } from '../../src/executions/purge-executions.ts'
import type { RunOutcome } from '../../src/ports/runner.ts'
import { rerunTasks } from '../../src/workflows/rerun-tasks.ts'
import { ANN, startTestEngine, type TestRun, until } from '../support/test-engine.ts'
import { startWorkflows, type WorkflowBench } from './workflow-kit.ts'

const SUCCESS = { status: 'succeeded', result: { ok: true } } as const
const FAILURE = { status: 'failed', result: { ok: false } } as const

function gatedRun(bench: WorkflowBench, number: number): Promise<TestRun> {
  return until(() => bench.test.runner.runs[number])
}

function summary(children: readonly ExecutionDocument[]): string[] {
  return children.map(({ context, status }) => `${taskOf(context)} ${status}`)
}

function taskOf(context: Record<string, unknown>): string {
  const orquesta = context['orquesta']
  return typeof orquesta === 'object' && orquesta !== null ? String(Reflect.get(orquesta, 'task_name')) : ''
}

const TWO = `
tasks:
  one: {action: test.gated, next: [{when: <% succeeded() %>, do: two}]}
  two: {action: test.gated}
output: [{done: yes}]
`

const PARENT = `
tasks:
  below: {action: test.two, next: [{when: <% succeeded() %>, do: last}]}
  beside: {action: test.noop}
  last: {action: test.noop}
`

/** The workflow that `below` of a parent is. */
function workflowBelow(bench: WorkflowBench, parent: string): Promise<ExecutionDocument> {
  return until(async () => (await bench.children(parent)).find(({ action_ref }) => action_ref === 'test.two'))
}

/** Pauses the workflow below while its first task runs, and the one above with it. @returns the one below */
async function pausedFromBelow(bench: WorkflowBench, parent: string): Promise<ExecutionDocument> {
  const one = await gatedRun(bench, 0)
  const below = await workflowBelow(bench, parent)
  await pauseExecution(bench.test.engine.cancelDeps, ANN, below.id)
  one.end(SUCCESS)
  await bench.status(below.id, 'paused')
  await bench.status(parent, 'paused')
  return below
}

/** Ends the actions that run for items, each as its item is to; they start in any order. */
async function endItems(bench: WorkflowBench, from: number, ends: readonly RunOutcome[]): Promise<void> {
  const runs = await Promise.all(ends.map((_, index) => gatedRun(bench, from + index)))
  for (const run of runs) run.end(ends[await itemOf(bench, run.request.execution_id)] ?? SUCCESS)
}

/** The number of the item that an execution runs for, by itself or in a workflow below. */
async function itemOf(bench: WorkflowBench, id: string): Promise<number> {
  const found = await bench.test.engine.executions.get(id)
  const item: unknown = Reflect.get(Object(found?.context['orquesta']), 'item_id')
  if (typeof item === 'number') return item
  if (found?.parent === undefined) throw new Error(`execution ${id} belongs to no item`)
  return itemOf(bench, found.parent)
}

describe('a pause', () => {
  it('lets the running task end, starts nothing, and is over with a resume', async () => {
    await using bench = await startWorkflows()
    await bench.define('two', TWO)
    const { id } = await bench.run('two')
    const one = await gatedRun(bench, 0)
    expect((await pauseExecution(bench.test.engine.cancelDeps, ANN, id)).status).toBe('pausing')
    one.end(SUCCESS)
    const paused = await bench.status(id, 'paused')
    expect(paused.context['paused_by']).toBe('ann')
    expect(await bench.result(paused)).toEqual({ output: null })
    expect(summary(await bench.children(id))).toEqual(['one succeeded'])
    await resumeExecution(bench.test.engine.cancelDeps, ANN, id)
    ;(await gatedRun(bench, 1)).end(SUCCESS)
    expect(await bench.result(await bench.ended(id))).toEqual({ output: { done: true } })
  })

  it('goes down to a workflow below, and a resume goes down and up', async () => {
    await using bench = await startWorkflows()
    const { cancelDeps } = bench.test.engine
    await bench.define('two', TWO)
    await bench.define('parent', PARENT)
    const { id } = await bench.run('parent')
    const one = await gatedRun(bench, 0)
    const below = await workflowBelow(bench, id)
    await pauseExecution(cancelDeps, ANN, id)
    await bench.status(below.id, 'pausing')
    one.end(SUCCESS)
    await bench.status(below.id, 'paused')
    await bench.status(id, 'paused')
    await resumeExecution(cancelDeps, ANN, id)
    await bench.status(below.id, 'running')
    ;(await gatedRun(bench, 1)).end(SUCCESS)
    expect((await bench.ended(id)).status).toBe('succeeded')
    expect(summary(await bench.children(id)).sort()).toEqual(['below succeeded', 'beside succeeded', 'last succeeded'])
  })

  it('of the workflow below alone pauses the one above it, and its resume wakes that', async () => {
    await using bench = await startWorkflows()
    const { cancelDeps } = bench.test.engine
    await bench.define('two', TWO)
    await bench.define('parent', PARENT)
    const { id } = await bench.run('parent')
    const below = await pausedFromBelow(bench, id)
    await resumeExecution(cancelDeps, ANN, below.id)
    ;(await gatedRun(bench, 1)).end(SUCCESS)
    expect((await bench.ended(id)).status).toBe('succeeded')
  })

  it('of a workflow below that ends as soon as it goes on does not stay with the one above it', async () => {
    await using bench = await startWorkflows()
    const { cancelDeps } = bench.test.engine
    await bench.define(
      'two',
      `
tasks:
  one: {action: test.gated, next: [{when: <% succeeded() %>, do: two}]}
  two: {action: test.noop}
`,
    )
    await bench.define('parent', PARENT)
    const { id } = await bench.run('parent')
    const below = await pausedFromBelow(bench, id)
    await resumeExecution(cancelDeps, ANN, below.id)
    const ended = await bench.ended(id)
    expect(ended.status).toBe('succeeded')
    expect(summary(await bench.children(id)).sort()).toEqual(['below succeeded', 'beside succeeded', 'last succeeded'])
  })
})

describe('a cancel', () => {
  it('stops what runs, below too', async () => {
    await using bench = await startWorkflows()
    await bench.define('two', TWO)
    await bench.define('parent', PARENT)
    const { id } = await bench.run('parent')
    const one = await gatedRun(bench, 0)
    await cancelExecution(bench.test.engine.cancelDeps, ANN, id)
    const ended = await bench.ended(id)
    expect(ended.status).toBe('canceled')
    expect(one.signal.aborted).toBe(true)
    const [below] = (await bench.children(id)).filter(({ action_ref }) => action_ref === 'test.two')
    expect(below?.status).toBe('canceled')
    expect(summary(await bench.children(below?.id ?? ''))).toEqual(['one canceled'])
  })

  it('of one task cancels its workflow', async () => {
    await using bench = await startWorkflows()
    await bench.define('two', TWO)
    const { id } = await bench.run('two')
    const one = await gatedRun(bench, 0)
    await cancelExecution(bench.test.engine.cancelDeps, ANN, one.request.execution_id)
    expect((await bench.ended(id)).status).toBe('canceled')
  })

  it('of a paused workflow ends it', async () => {
    await using bench = await startWorkflows()
    await bench.define('two', TWO)
    const { id } = await bench.run('two')
    const one = await gatedRun(bench, 0)
    await pauseExecution(bench.test.engine.cancelDeps, ANN, id)
    one.end(SUCCESS)
    await bench.status(id, 'paused')
    await cancelExecution(bench.test.engine.cancelDeps, ANN, id)
    expect((await bench.ended(id)).status).toBe('canceled')
  })

  it('of fifty items stops all of them', async () => {
    await using bench = await startWorkflows({ overrides: { 'actionrunner.actions_pool_size': '60' } })
    const text = 'tasks: {all: {with: {items: <% range(200) %>, concurrency: 50}, action: test.gated}}'
    await bench.define('some', text)
    const { id } = await bench.run('some')
    await until(() => bench.test.runner.runs.length === 50)
    await cancelExecution(bench.test.engine.cancelDeps, ANN, id)
    expect((await bench.ended(id)).status).toBe('canceled')
    const children = await bench.children(id)
    expect(children).toHaveLength(50)
    expect(new Set(children.map(({ status }) => status))).toEqual(new Set(['canceled']))
  })
})

describe('a cancel with time for what runs', () => {
  const overrides = { 'workflow_engine.cancel_grace_ms': '60000' }

  it('lets it come to its end, starts nothing more, and goes down and up', async () => {
    await using bench = await startWorkflows({ overrides })
    await bench.define('two', TWO)
    await bench.define('parent', 'tasks: {a: {action: test.two}, b: {action: test.two}}')
    const { id } = await bench.run('parent')
    const runs = [await gatedRun(bench, 0), await gatedRun(bench, 1)]
    const [a, b] = await bench.children(id)
    await cancelExecution(bench.test.engine.cancelDeps, ANN, a?.id ?? '')
    for (const one of [id, a?.id, b?.id]) await bench.status(one ?? '', 'canceling')
    for (const run of runs) run.end(SUCCESS)
    expect((await bench.ended(id)).status).toBe('canceled')
    for (const below of [a, b]) {
      expect((await bench.ended(below?.id ?? '')).status).toBe('canceled')
      expect(summary(await bench.children(below?.id ?? ''))).toEqual(['one succeeded'])
    }
    expect(runs.map(({ signal }) => signal.aborted)).toEqual([false, false])
  })

  it('stops at once what does not run yet', async () => {
    await using bench = await startWorkflows({ overrides: { ...overrides, 'actionrunner.actions_pool_size': '1' } })
    await bench.define('some', 'tasks: {all: {with: <% range(5) %>, action: test.gated}}')
    const { id } = await bench.run('some')
    const run = await gatedRun(bench, 0)
    await cancelExecution(bench.test.engine.cancelDeps, ANN, id)
    await until(async () => (await bench.children(id)).filter(({ status }) => status === 'canceled').length === 4)
    expect((await bench.test.engine.executions.get(id))?.status).toBe('canceling')
    run.end(SUCCESS)
    expect((await bench.ended(id)).status).toBe('canceled')
  })

  it('stops what is not over by then', async () => {
    await using bench = await startWorkflows({ overrides: { 'workflow_engine.cancel_grace_ms': '300' } })
    await bench.define('two', TWO)
    const { id } = await bench.run('two')
    const run = await gatedRun(bench, 0)
    const from = performance.now()
    await cancelExecution(bench.test.engine.cancelDeps, ANN, id)
    expect((await bench.ended(id)).status).toBe('canceled')
    expect(performance.now() - from).toBeGreaterThan(290)
    expect(run.signal.aborted).toBe(true)
  })

  it('goes on in the engine that takes over', async () => {
    await using bench = await startWorkflows({ services: ['scheduler', 'actionrunner'], isAlone: false })
    const engine = (epoch: number, graceMs: string) =>
      startTestEngine({
        shares: bench.test,
        folder: bench.folder,
        services: ['workflowengine'],
        identity: { instance: 'conductor', epoch },
        overrides: { 'workflow_engine.cancel_grace_ms': graceMs, 'scheduler.sweep_interval_ms': '50' },
      })
    const first = await engine(1, '60000')
    await bench.define('two', TWO)
    const { id } = await bench.run('two')
    const run = await gatedRun(bench, 0)
    await cancelExecution(bench.test.engine.cancelDeps, ANN, id)
    await until(async () => (await bench.test.parts.store.count(workflowEvents, [])) === 2)
    await first.services.stop(0)
    expect(run.signal.aborted).toBe(false)
    const next = await engine(2, '100')
    expect((await bench.ended(id)).status).toBe('canceled')
    expect(run.signal.aborted).toBe(true)
    await next.services.stop(0)
  })
})

describe('a rerun', () => {
  it('goes on in the same workflow from the task that failed', async () => {
    await using bench = await startWorkflows()
    const { requestDeps } = bench.test.engine
    await bench.define('two', TWO)
    const { id } = await bench.run('two')
    ;(await gatedRun(bench, 0)).end(SUCCESS)
    ;(await gatedRun(bench, 1)).end(FAILURE)
    const failed = await bench.ended(id)
    expect(failed.status).toBe('failed')
    const again = await rerunTasks(requestDeps, ANN, id, { tasks: ['two'] })
    ;(await gatedRun(bench, 2)).end(SUCCESS)
    const ended = await bench.ended(again.id)
    expect(ended.status).toBe('succeeded')
    expect(await bench.result(ended)).toEqual({ output: { done: true } })
    expect(ended.context['workflow_execution']).toBe(failed.context['workflow_execution'])
    expect(summary(await bench.children(again.id))).toEqual(['two succeeded'])
    expect((await bench.test.engine.executions.get(id))?.status).toBe('failed')
  })

  it('goes on while something runs beside the failure', async () => {
    await using bench = await startWorkflows()
    await bench.define(
      'fork',
      'tasks: {start: {next: [{do: "a, b"}]}, a: {action: test.gated}, b: {action: test.gated}}',
    )
    const { id } = await bench.run('fork')
    const runs = [await gatedRun(bench, 0), await gatedRun(bench, 1)]
    const [a, b] = [...(await bench.children(id))].map(({ id: child, context }) => ({
      task: taskOf(context),
      run: runs.find(({ request }) => request.execution_id === child),
    }))
    a?.run?.end(FAILURE)
    expect((await bench.ended(id)).status).toBe('failed')
    const again = await rerunTasks(bench.test.engine.requestDeps, ANN, id, { tasks: [a?.task ?? ''] })
    ;(await gatedRun(bench, 2)).end(SUCCESS)
    await bench.status(again.id, 'running')
    b?.run?.end(SUCCESS)
    expect((await bench.ended(again.id)).status).toBe('succeeded')
  })

  it('says what tasks there are not', async () => {
    await using bench = await startWorkflows()
    await bench.define('two', TWO)
    const { id } = await bench.run('two')
    ;(await gatedRun(bench, 0)).end(FAILURE)
    await bench.ended(id)
    const again = await rerunTasks(bench.test.engine.requestDeps, ANN, id, { tasks: ['x', 'one'] })
    const ended = await bench.ended(again.id)
    expect(ended.status).toBe('failed')
    expect(await bench.result(ended)).toEqual({
      output: null,
      errors: [{ message: 'Unable to rerun workflow because one or more tasks is not found: x' }],
    })
  })

  it('of a task below goes on in the workflow below', async () => {
    await using bench = await startWorkflows()
    await bench.define('two', TWO)
    await bench.define('parent', PARENT)
    const { id } = await bench.run('parent')
    ;(await gatedRun(bench, 0)).end(SUCCESS)
    ;(await gatedRun(bench, 1)).end(FAILURE)
    expect((await bench.ended(id)).status).toBe('failed')
    const again = await rerunTasks(bench.test.engine.requestDeps, ANN, id, { tasks: ['below.two'] })
    ;(await gatedRun(bench, 2)).end(SUCCESS)
    expect((await bench.ended(again.id)).status).toBe('succeeded')
    const children = await bench.children(again.id)
    expect(summary(children)).toEqual(['below succeeded', 'last succeeded'])
    expect(summary(await bench.children(children[0]?.id ?? ''))).toEqual(['two succeeded'])
  })

  it('of items runs those that failed, or all', async () => {
    await using bench = await startWorkflows()
    const { requestDeps } = bench.test.engine
    await bench.define('items', 'tasks: {all: {with: "<% [1, 2, 3] %>", action: test.gated}}')
    const { id } = await bench.run('items')
    for (const [number, end] of [SUCCESS, FAILURE, SUCCESS].entries()) (await gatedRun(bench, number)).end(end)
    expect((await bench.ended(id)).status).toBe('failed')
    const failed = await rerunTasks(requestDeps, ANN, id, { tasks: ['all'] })
    ;(await gatedRun(bench, 3)).end(FAILURE)
    expect((await bench.ended(failed.id)).status).toBe('failed')
    expect(await bench.children(failed.id)).toHaveLength(1)
    const all = await rerunTasks(requestDeps, ANN, failed.id, { tasks: ['all'], reset: ['all'] })
    for (const number of [4, 5, 6]) (await gatedRun(bench, number)).end(SUCCESS)
    expect((await bench.ended(all.id)).status).toBe('succeeded')
    expect(await bench.children(all.id)).toHaveLength(3)
  })
})

const LEAF = 'tasks: {leaf: {action: test.gated}}'
const MIDDLE = `
tasks:
  m1: {action: test.noop, next: [{do: sub}]}
  sub: {action: test.leaf}
`
const TOP = `
tasks:
  s1: {action: test.noop, next: [{do: sub}]}
  sub: {action: test.middle}
`

async function failAtLeaf(bench: WorkflowBench): Promise<string> {
  await bench.define('leaf', LEAF)
  await bench.define('middle', MIDDLE)
  await bench.define('top', TOP)
  const { id } = await bench.run('top')
  ;(await gatedRun(bench, 0)).end(FAILURE)
  await bench.ended(id)
  return id
}

/** All records of workflows, in the order of their ids. */
function records(bench: WorkflowBench): Promise<WorkflowExecution[]> {
  return bench.test.parts.store.find(workflowExecutions, { order: [{ field: 'id', direction: 'asc' }], limit: 100 })
}

describe('a rerun of what there is not', () => {
  it('changes nothing, however deep it is', async () => {
    await using bench = await startWorkflows()
    const { requestDeps } = bench.test.engine
    const id = await failAtLeaf(bench)
    const before = await until(async () => {
      const found = await records(bench)
      return found.every(({ due_at }) => due_at === undefined) ? found : null
    })
    for (const path of ['nope', 'sub.nope', 'sub.sub.laef', 'sub.s1.x', 'sub.sub.leaf.x', 's1.x']) {
      const again = await rerunTasks(requestDeps, ANN, id, { tasks: [path] })
      const ended = await bench.ended(again.id)
      expect(await bench.result(ended)).toEqual({
        output: null,
        errors: [{ message: `Unable to rerun workflow because one or more tasks is not found: ${path}` }],
      })
      expect(await bench.children(again.id)).toEqual([])
    }
    expect(await records(bench)).toEqual(before)
    const right = await rerunTasks(requestDeps, ANN, id, { tasks: ['sub.sub.leaf'] })
    ;(await gatedRun(bench, 1)).end(SUCCESS)
    expect((await bench.ended(right.id)).status).toBe('succeeded')
    expect(await records(bench)).toHaveLength(before.length)
  })

  it('names each of the paths', async () => {
    await using bench = await startWorkflows()
    const id = await failAtLeaf(bench)
    const tasks = ['sub.sub.leaf', 'x', 'sub.sub.laef', 'sub.y']
    const again = await rerunTasks(bench.test.engine.requestDeps, ANN, id, { tasks })
    const [error] = Object(await bench.result(await bench.ended(again.id))).errors
    expect(error.message).toMatch(/not found: x,sub\.sub\.laef,sub\.y$/)
  })
})

describe('a rerun below items', () => {
  it('goes on with each in its own workflow, whichever runs it was in', async () => {
    await using bench = await startWorkflows()
    const { requestDeps } = bench.test.engine
    await bench.define('leaf', LEAF)
    await bench.define('its', `tasks: {its: {with: "i in <% ['p', 'q', 'r'] %>", action: test.leaf}}`)
    const { id } = await bench.run('its')
    await endItems(bench, 0, [SUCCESS, FAILURE, FAILURE])
    await bench.ended(id)
    const first = await rerunTasks(requestDeps, ANN, id, { tasks: ['its.leaf'], reset: ['its.leaf'] })
    for (const [number, end] of [SUCCESS, FAILURE].entries()) (await gatedRun(bench, number + 3)).end(end)
    await bench.ended(first.id)
    const workflows = await records(bench)
    // The first item has not run in the run before this one.
    const all = await rerunTasks(requestDeps, ANN, first.id, { tasks: ['its.leaf', 'its'], reset: ['its'] })
    for (const number of [5, 6, 7]) (await gatedRun(bench, number)).end(SUCCESS)
    expect((await bench.ended(all.id)).status).toBe('succeeded')
    expect(await bench.children(all.id)).toHaveLength(3)
    expect(await records(bench)).toHaveLength(workflows.length)
  })
})

describe('a rerun of the items that failed', () => {
  it('knows what the others came to', async () => {
    await using bench = await startWorkflows()
    const { requestDeps } = bench.test.engine
    await bench.define(
      'plain',
      `{output: [{o: <% ctx(o) %>}, {t: <% ctx(t) %>}], tasks: {its: {with: {items: '<% [1, 2, 3] %>'}, action: test.gated, next: [
        {when: <% succeeded() %>, publish: [{o: <% result() %>}, {t: <% task(its).result.items.select($.result) %>}]}]}}}`,
    )
    const { id } = await bench.run('plain')
    await endItems(bench, 0, [SUCCESS, FAILURE, SUCCESS])
    await bench.ended(id)
    const again = await rerunTasks(requestDeps, ANN, id, { tasks: ['its'] })
    ;(await gatedRun(bench, 3)).end({ status: 'succeeded', result: { again: true } })
    const ended = await bench.ended(again.id)
    const expected = [{ ok: true }, { again: true }, { ok: true }]
    expect(await bench.result(ended)).toEqual({ output: { o: expected, t: expected } })
  })

  it('in workflows below knows what the others came to', async () => {
    await using bench = await startWorkflows({ overrides: { 'workflow_engine.snapshot_interval': '1' } })
    const { requestDeps } = bench.test.engine
    await bench.define('leaf', `{input: [i], output: [{i: <% ctx(i) %>}], ${LEAF}}`, { parameters: { i: {} } })
    await bench.define(
      'its',
      `{output: [{o: <% ctx(o) %>}], tasks: {its: {with: "i in <% ['p', 'q', 'r'] %>", action: test.leaf, input: {i: <% item(i) %>},
        next: [{when: <% succeeded() %>, publish: "o=<% result().output %>"}]}}}`,
    )
    const { id } = await bench.run('its')
    await endItems(bench, 0, [SUCCESS, FAILURE, FAILURE])
    await bench.ended(id)
    const again = await rerunTasks(requestDeps, ANN, id, { tasks: ['its.leaf'] })
    for (const number of [3, 4]) (await gatedRun(bench, number)).end(SUCCESS)
    const ended = await bench.ended(again.id)
    expect(ended.status).toBe('succeeded')
    expect(Object(await bench.result(ended)).output).toEqual({ o: [{ i: 'p' }, { i: 'q' }, { i: 'r' }] })
  })
})

describe('a workflow in which nothing happens any more', () => {
  it('is cancelled after the set time, and one whose task runs is not', async () => {
    await using bench = await startWorkflows({ overrides: { 'workflow_engine.gc_max_idle_sec': '1' } })
    const { engine } = bench.test
    await bench.define('two', TWO)
    const busy = await bench.run('two')
    const idle = await bench.run('two')
    await gatedRun(bench, 1)
    const [child] = await bench.children(idle.id)
    // Removed from under it: nobody will ever tell of its end.
    await bench.test.parts.store.remove(executions, [{ field: 'id', op: 'eq', value: child?.id ?? '' }], 1)
    expect((await bench.ended(idle.id, 10_000)).status).toBe('canceled')
    expect((await engine.executions.get(busy.id))?.status).toBe('running')
  }, 20_000)
})

describe('more workflows than are kept in memory', () => {
  it('are read again when something happens', async () => {
    const overrides = { 'workflow_engine.max_loaded': '1', 'scheduler.sweep_interval_ms': '20' }
    await using bench = await startWorkflows({ overrides })
    await bench.define('two', TWO)
    const ids = [(await bench.run('two')).id, (await bench.run('two')).id, (await bench.run('two')).id]
    await gatedRun(bench, 2)
    for (let number = 0; number < 6; number++) {
      const run = await gatedRun(bench, number)
      // Some sweeps pass, and all but one are out of memory.
      const from = performance.now()
      await until(() => performance.now() - from > 60)
      run.end(SUCCESS)
    }
    for (const id of ids) expect(await bench.result(await bench.ended(id))).toEqual({ output: { done: true } })
  })
})

describe('a purge', () => {
  it('of a workflow takes its journal along', async () => {
    await using bench = await startWorkflows({ overrides: { 'workflow_engine.snapshot_interval': '2' } })
    const { engine, parts } = bench.test
    await bench.define('two', TWO)
    const { id } = await bench.run('two')
    ;(await gatedRun(bench, 0)).end({ status: 'succeeded', result: { text: 'x'.repeat(20_000) } })
    ;(await gatedRun(bench, 1)).end(SUCCESS)
    await bench.ended(id)
    expect(await parts.store.count(workflowEvents, [])).toBeGreaterThan(2)
    await purgeExecutions(engine.purgeDeps, { before: '2999-01-01T00:00:00.000000Z' }, '')
    for (const collection of [executions, workflowEvents, workflowSnapshots, workflowExecutions]) {
      expect(await parts.store.count<Document>(collection, [])).toBe(0)
    }
  })
})
