import { describe, expect, it } from 'vitest'
import { cancelOnRequest } from '../../src/executions/cancel-on-request.ts'
import { ANN, until } from '../support/test-engine.ts'
import { startWorkflows } from './workflow-kit.ts'

const TWO = 'tasks: {one: {action: test.gated}}'
const PARENT = 'tasks: {a: {action: test.two}, b: {action: test.gated}}'

describe('a cancel of what is cancelled already', () => {
  it('stops at once what still has time to end, below too', async () => {
    await using bench = await startWorkflows({ overrides: { 'workflow_engine.cancel_grace_ms': '60000' } })
    await bench.define('two', TWO)
    await bench.define('parent', PARENT)
    const { id } = await bench.run('parent')
    const runs = await until(() => (bench.test.runner.runs.length === 2 ? [...bench.test.runner.runs] : null))
    const [below] = (await bench.children(id)).filter(({ action_ref }) => action_ref === 'test.two')
    const { cancelDeps } = bench.test.engine
    expect((await cancelOnRequest(cancelDeps, ANN, id)).status).toBe('canceling')
    await bench.status(below?.id ?? '', 'canceling')
    expect(runs.map(({ signal }) => signal.aborted)).toEqual([false, false])
    expect((await cancelOnRequest(cancelDeps, ANN, id)).id).toBe(id)
    expect((await bench.ended(id)).status).toBe('canceled')
    expect(runs.map(({ signal }) => signal.aborted)).toEqual([true, true])
    expect((await cancelOnRequest(cancelDeps, ANN, id)).status).toBe('canceled')
  })
})
