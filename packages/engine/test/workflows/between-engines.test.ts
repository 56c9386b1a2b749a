import { describe, expect, it } from 'vitest'
import { pauseExecution } from '../../src/executions/pause-execution.ts'
import { START_STOP_SEQUENCE } from '../../src/workflows/pause-between-engines.ts'
import { ANN, startTestEngine, type TestEngine, until } from '../support/test-engine.ts'
import { startWorkflows, type WorkflowBench } from './workflow-kit.ts'

const SUCCESS = { status: 'succeeded', result: {} } as const
const TWO = `
tasks:
  one: {action: test.gated, next: [{when: <% succeeded() %>, do: two}]}
  two: {action: test.gated}
output: [{done: yes}]
`
const PARENT = 'tasks: {below: {action: test.two}}\n'

/** A workflow engine beside the services that schedule and run. */
function workflowEngine(bench: WorkflowBench, epoch: number, registers: boolean): Promise<TestEngine> {
  return startTestEngine({
    shares: bench.test,
    folder: bench.folder,
    services: ['workflowengine'],
    identity: { instance: 'conductor', epoch },
    overrides: {
      'coordination.service_registry': String(registers),
      'scheduler.sweep_interval_ms': '50',
      'workflow_engine.lease_ms': '1000',
    },
  })
}

function startOthers(): Promise<WorkflowBench> {
  return startWorkflows({ services: ['scheduler', 'actionrunner'], isAlone: false })
}

describe('while there is no workflow engine', () => {
  it('workflows are paused where services register, and go on with the next one; what people paused stays so', async () => {
    await using bench = await startOthers()
    await bench.define('two', TWO)
    await bench.define('parent', PARENT)
    const { cancelDeps } = bench.test.engine
    const { runs } = bench.test.runner
    const first = await workflowEngine(bench, 1, true)
    const anns = await bench.run('two')
    await until(() => runs.length === 1)
    await pauseExecution(cancelDeps, ANN, anns.id)
    const { id } = await bench.run('parent')
    await until(() => runs.length === 2)
    await first.services.stop(1000)
    expect((await bench.status(id, 'pausing')).context['paused_by']).toBe(START_STOP_SEQUENCE)
    const [below] = await bench.children(id)
    expect((await bench.status(below?.id ?? '', 'pausing')).context['paused_by']).toBe(START_STOP_SEQUENCE)
    for (const run of runs) run.end(SUCCESS)

    const next = await workflowEngine(bench, 2, true)
    await until(() => runs.length === 3)
    runs[2]?.end(SUCCESS)
    const ended = await bench.ended(id)
    expect(ended.status).toBe('succeeded')
    expect(ended.context['paused_by']).toBe(START_STOP_SEQUENCE)
    // The one above is asked to go on, or goes on with it: whichever comes first.
    expect((await bench.ended(below?.id ?? '')).context['resumed_by']).toBe(START_STOP_SEQUENCE)
    expect(ended.log.map(({ status }) => status)).toContain('paused')
    expect((await bench.status(anns.id, 'paused')).context['paused_by']).toBe('ann')
    await next.services.stop(1000)
  })

  it('workflows wait as they are where services do not register', async () => {
    await using bench = await startOthers()
    await bench.define('two', TWO)
    const first = await workflowEngine(bench, 1, false)
    const { id } = await bench.run('two')
    await until(() => bench.test.runner.runs.length === 1)
    await first.services.stop(1000)
    expect((await bench.test.engine.executions.get(id))?.status).toBe('running')
    const next = await workflowEngine(bench, 2, false)
    bench.test.runner.runs[0]?.end(SUCCESS)
    await until(() => bench.test.runner.runs.length === 2)
    bench.test.runner.runs[1]?.end(SUCCESS)
    expect((await bench.ended(id)).log.map(({ status }) => status)).not.toContain('paused')
    await next.services.stop(1000)
  })
})
