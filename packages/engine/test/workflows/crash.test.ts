import { type ExecutionDocument, isCompleted } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { requestExecution } from '../../src/executions/request-execution.ts'
import type { Store } from '../../src/ports/store.ts'
import { DyingStore } from '../support/dying-store.ts'
import { ANN, until } from '../support/test-engine.ts'
import { ALL_SERVICES, startWorkflows, type WorkflowBench } from './workflow-kit.ts'

const FLOW = `
vars: [{sum: 0}]
tasks:
  start: {action: test.noop, next: [{do: [left, right, each]}]}
  left: {action: test.echo value=3, next: [{publish: [{sum: <% ctx(sum) + result().value %>}], do: meet}]}
  right: {action: test.below, next: [{publish: [{below: <% result().output.value %>}], do: meet}]}
  each:
    with: {items: <% range(4) %>, concurrency: 2}
    action: test.echo
    input: {value: <% item() %>}
    next: [{publish: [{items: '<% result().select($.value) %>'}], do: meet}]
  meet: {join: all, action: test.echo, input: {value: <% ctx(items) %>}, next: [{publish: [{met: <% result().value %>}], do: last}]}
  last: {action: test.noop}
output: [{sum: <% ctx(sum) %>}, {below: <% ctx(below) %>}, {met: <% ctx(met) %>}]
`
const BELOW = `
tasks:
  one: {action: test.noop, next: [{do: two}]}
  two: {action: test.echo value=7, next: [{publish: [{value: <% result().value %>}]}]}
output: [{value: <% ctx(value) %>}]
`
const OUTPUT = { output: { sum: 3, below: 7, met: [0, 1, 2, 3] } }

const PLACES = ['each 0 0', 'each 0 1', 'each 0 2', 'each 0 3', 'last 0 ', 'left 0 ', 'meet 0 ', 'right 0 ', 'start 0 ']

function placeOf({ context }: ExecutionDocument): string {
  const orquesta = context['orquesta']
  if (typeof orquesta !== 'object' || orquesta === null) return ''
  const get = (name: string): string => String(Reflect.get(orquesta, name) ?? '')
  return `${get('task_name')} ${get('task_route')} ${get('item_id')}`
}

/** Each place has one execution, whatever happened. */
async function expectPlacesOnce(bench: WorkflowBench, id: string, places: readonly string[]): Promise<void> {
  await until(async () => (await endedPlaces(bench, id)).length >= places.length)
  expect((await bench.children(id)).map(placeOf).sort()).toEqual(places)
}

async function endedPlaces(bench: WorkflowBench, id: string): Promise<string[]> {
  const children = await bench.children(id)
  return children
    .filter(({ status }) => isCompleted(status))
    .map(placeOf)
    .sort()
}

/** What runs beside `fail` starts when its workflow is over already. */
const FAILING = `
tasks:
  a: {action: test.echo, input: {fail: true}, next: [{when: <% failed() %>, do: [told, noted, fail]}]}
  told: {action: test.echo, next: [{do: never}]}
  noted: {action: test.noop}
  never: {action: test.noop}
output: [{done: true}]
`

const SCENARIOS = [
  { name: 'a workflow', flow: FLOW, end: 'succeeded', result: OUTPUT, places: PLACES, stride: 16 },
  {
    name: 'a workflow that is made to fail',
    flow: FAILING,
    end: 'failed',
    result: {
      output: { done: true },
      errors: [
        expect.objectContaining({ task_id: 'a' }) as unknown,
        expect.objectContaining({ task_id: 'fail' }) as unknown,
      ],
    },
    places: ['a 0 ', 'noted 0 ', 'told 0 '],
    stride: 9,
  },
] as const

describe.each(SCENARIOS)('an engine that conducts $name and is killed', (scenario) => {
  const { flow, end: lastStatus, result, places, stride } = scenario
  for (const when of ['before', 'after'] as const) {
    it(`at any write, right ${when} it is made, comes to the same`, async () => {
      await using base = await startWorkflows({ services: [] })
      await base.define('below', BELOW)
      await base.define('flow', flow)
      let deaths = 0
      let epoch = 1
      const startProcess = (wrapStore: (store: Store) => Store) =>
        startWorkflows({
          folder: base.folder,
          shares: base.test,
          isAlone: true,
          services: [],
          identity: { instance: 'test', epoch: ++epoch },
          overrides: { 'workflow_engine.snapshot_interval': '5', 'actionrunner.on_crash': 'rerun' },
          wrapStore,
        })
      for (let write = 1; ; write += 1 + (write % stride)) {
        const { id } = await requestExecution(base.test.engine.requestDeps, ANN, {
          action: 'test.flow',
          parameters: {},
        })
        const dying: DyingStore[] = []
        const victim = await startProcess((inner) => {
          dying.push(new DyingStore(inner))
          return dying[0]?.store ?? inner
        })
        dying[0]?.dieAt(write, when)
        // A process that is dead stays as it is: nothing it asks for is done.
        const running = await victim.test.engine.start(ALL_SERVICES).catch(() => null)
        const end = await until(async () => {
          if (dying[0]?.isDead === true) return 'dead'
          const ended = await endedPlaces(base, id)
          const { status } = (await base.test.engine.executions.get(id)) ?? {}
          return status === lastStatus && ended.length === places.length ? 'done' : null
        }, 20_000)
        if (end === 'done') {
          // The write it was to die at may be one of its stop.
          await running?.stop(0).catch(() => undefined)
          break
        }
        deaths++
        await using next = await startProcess((inner) => inner)
        const survivor = await next.test.engine.start(ALL_SERVICES)
        const ended = await next.ended(id, 20_000)
        expect({ write, ...ended.log.at(-1) }).toMatchObject({ write, status: lastStatus })
        expect(await base.result(ended)).toEqual(result)
        await expectPlacesOnce(base, id, places)
        await survivor.stop(1000)
        await running?.stop(0).catch(() => undefined)
      }
      expect(deaths).toBeGreaterThan(5)
    }, 240_000)
  }
})

const STEPS = 12
const CHAIN = `
tasks:
${Array.from({ length: STEPS }, (_, at) => {
  const next = at + 1 < STEPS ? `, next: [{when: <% succeeded() %>, do: [t${at + 1}, n${at}]}]` : ''
  return `  t${at}: {action: test.gated${next}}\n  n${at}: {action: test.noop}`
}).join('\n')}
output: [{done: true}]
`

describe('two engines on one store', () => {
  it('conduct a workflow to its end, whoever of them thinks that it has it', async () => {
    const overrides = {
      'workflow_engine.snapshot_interval': '3',
      'workflow_engine.lease_ms': '1000',
      'scheduler.sweep_interval_ms': '20',
    }
    await using bench = await startWorkflows({ overrides })
    await bench.define('chain', CHAIN.replace(`  n${STEPS - 1}: {action: test.noop}`, ''))
    const { test, folder } = bench
    await using other = await startWorkflows({
      folder,
      shares: test,
      services: ['workflowengine'],
      identity: { instance: 'other', epoch: 1 },
      overrides,
    })
    const { workflows } = other.test.engine.workflowDeps
    const ids = await Promise.all(Array.from({ length: 5 }, async () => (await bench.run('chain')).id))
    for (let number = 0; number < STEPS * ids.length; number++) {
      const run = await until(() => test.runner.runs[number])
      // The record changes hands, and who had it still holds the run that it knows.
      const parent = (await test.engine.executions.get(run.request.execution_id))?.workflow_execution ?? ''
      await workflows.change(parent, { due_at: 0, claimed_by: number % 2 === 0 ? 'other:1' : 'test:1' })
      run.end({ status: 'succeeded', result: { number } })
    }
    for (const id of ids) {
      expect(await bench.result(await bench.ended(id, 30_000))).toEqual({ output: { done: true } })
      const children = await bench.children(id)
      expect(children).toHaveLength(2 * STEPS - 1)
      expect(new Set(children.map(placeOf)).size).toBe(children.length)
      for (const { log, status } of children) {
        expect(status).toBe('succeeded')
        expect(log.filter((entry) => entry.status === 'running')).toHaveLength(1)
      }
      const rows = await workflows.eventPage((await workflows.ofExecution(id))?.id ?? '', 0, 1000)
      expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 2 * STEPS }, (_, seq) => seq))
    }
  }, 90_000)
})
