import type { ExecutionDocument, WorkflowView } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { evaluateInWorkflow, type EvaluationPlace } from '../../src/workflow-insight/evaluate-in-workflow.ts'
import { showWorkflow } from '../../src/workflow-insight/show-workflow.ts'
import type { WorkflowDeps } from '../../src/workflows/workflow-deps.ts'
import { ANN, type TestRun, until } from '../support/test-engine.ts'
import { startWorkflows, type WorkflowBench } from './workflow-kit.ts'

const SUCCESS = { status: 'succeeded', result: { ok: true } } as const
const FAILURE = { status: 'failed', result: { ok: false } } as const

function gatedRun(bench: WorkflowBench, number: number): Promise<TestRun> {
  return until(() => bench.test.runner.runs[number])
}

/** What `POST /workflows/{id}/evaluate` answers. */
async function answer(
  bench: WorkflowBench,
  { id }: ExecutionDocument,
  expression: string,
  place: EvaluationPlace,
): Promise<unknown> {
  const { workflowDeps, evaluateDeps } = bench.test.engine
  const request = { expression, language: 'yaql' } as const
  const told = await evaluateInWorkflow({ ...workflowDeps, evaluateDeps }, ANN, id, request, place)
  return 'value' in told ? JSON.parse(told.value) : told.error
}

/** Each publishes what the expressions come to in the run. */
const PUBLISHING = `
output:
  - a: <% ctx(a) %>
  - b: <% ctx(b) %>
tasks:
  first:
    action: test.echo value=1
    next: [{publish: [{a: [EXPRESSIONS]}], do: each}]
  each:
    with: {items: "i in <% ['p', 'q', 'r'] %>", concurrency: 2}
    action: test.echo value=<% item(i) %>
    next: [{publish: [{b: [EXPRESSIONS]}], do: last}]
  last: {action: test.noop}
`
const EXPRESSIONS = [
  '<% result() %>',
  '<% task_status(first) %>',
  '<% task_status(each) %>',
  '<% task_status(last) %>',
  '<% task(first).result %>',
  '<% task(first).status %>',
  '{{ task("first").task_id }}',
  '<% task().result %>',
  '<% task().status %>',
  '<% succeeded() %>',
]

describe('an expression that is evaluated at a step', () => {
  it('answers what it did in the run', async () => {
    await using bench = await startWorkflows()
    await bench.define(
      'publishing',
      PUBLISHING.replaceAll('EXPRESSIONS', EXPRESSIONS.map((expression) => `'${expression}'`).join(', ')),
    )
    const execution = await bench.ended((await bench.run('publishing')).id)
    const output: unknown = Object(await bench.result(execution)).output
    const answers = (place: EvaluationPlace): Promise<unknown[]> =>
      Promise.all(EXPRESSIONS.map((expression) => answer(bench, execution, expression, place)))
    expect({ a: await answers({ index: 0 }), b: await answers({ task: 'each' }) }).toEqual(output)
    expect(Object(output).b[0]).toEqual([{ value: 'p' }, { value: 'q' }, { value: 'r' }])
    expect(await answer(bench, execution, '<% task(nothing) %>', {})).toContain('Unable to find task execution')
  })

  it('knows each round of a cycle', async () => {
    await using bench = await startWorkflows()
    await bench.define(
      'rounds',
      `{vars: [{n: 0}], tasks: {s: {action: test.noop, next: [{do: a}]}, a: {action: test.echo value=<% ctx(n) %>, next: [
        {when: '<% ctx(n) < 2 %>', publish: [{n: <% ctx(n) + 1 %>}], do: a}]}}}`,
    )
    const execution = await bench.ended((await bench.run('rounds')).id)
    const results = [1, 2, 3].map((index) => answer(bench, execution, '<% result().value %>', { index }))
    expect(await Promise.all(results)).toEqual([0, 1, 2])
  })

  it('of items without any is an empty list', async () => {
    await using bench = await startWorkflows()
    await bench.define('none', `{tasks: {its: {with: {items: '<% [] %>'}, action: test.noop}}}`)
    const execution = await bench.ended((await bench.run('none')).id)
    expect(await answer(bench, execution, '<% result() %>', {})).toEqual([])
  })
})

describe('a workflow as it was', () => {
  it('shows status, ends and executions of then, and how many items there are', async () => {
    await using bench = await startWorkflows()
    const { workflowDeps } = bench.test.engine
    await bench.define('two', `{tasks: {its: {with: {items: '<% [1, 2, 3] %>', concurrency: 1}, action: test.gated}}}`)
    const { id } = await bench.run('two')
    const first = await gatedRun(bench, 0)
    expect((await shown(workflowDeps, id)).tasks).toMatchObject([{ items_count: 3, status: 'running' }])
    first.end(SUCCESS)
    ;(await gatedRun(bench, 1)).end(FAILURE)
    await bench.ended(id)
    const now = await until(async () => {
      const view = await shown(workflowDeps, id)
      return view.end_timestamp === null ? null : view
    })
    const counts = (index: number) => shown(workflowDeps, id, index)
    expect(await counts(0)).toMatchObject({ status: 'requested', end_timestamp: null, sequence: [], tasks: [] })
    const begun = await counts(1)
    expect(begun).toMatchObject({ status: 'running', end_timestamp: null })
    expect(begun.tasks).toMatchObject([
      { items_count: 3, executions: [now.tasks[0]?.['executions']].flat().slice(0, 1) },
    ])
    expect(await counts(now.events)).toEqual(now)
    expect(await counts(1000)).toEqual(now)
    expect(now.tasks).toMatchObject([{ items_count: 3, status: 'failed', executions: { length: 2 } }])
  })

  it('between its end and its last row has its end', async () => {
    await using bench = await startWorkflows()
    const { workflowDeps } = bench.test.engine
    await bench.define('fork', '{tasks: {a: {action: test.gated}, b: {action: test.gated}}}')
    const { id } = await bench.run('fork')
    const runs = [await gatedRun(bench, 0), await gatedRun(bench, 1)]
    runs[0]?.end(FAILURE)
    await bench.ended(id)
    const { events } = await shown(workflowDeps, id)
    runs[1]?.end(SUCCESS)
    await until(async () => ((await shown(workflowDeps, id)).events > events ? true : null))
    expect(await shown(workflowDeps, id, events)).toMatchObject({
      status: 'failed',
      end_timestamp: expect.any(String),
    })
  })
})

function shown(deps: WorkflowDeps, id: string, until: number | null = null): Promise<WorkflowView> {
  return showWorkflow(deps, id, { until, maxSize: Number.MAX_SAFE_INTEGER })
}
