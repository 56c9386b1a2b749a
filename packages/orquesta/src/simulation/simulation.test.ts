import { describe, expect, it } from 'vitest'
import { WorkflowRun } from '../journal/workflow-run.ts'
import { loadWorkflow } from '../spec/load-workflow.ts'
import { Simulation } from './simulation.ts'

const spec = loadWorkflow(`
vars: [{seen: []}]
output: [{seen: <% ctx(seen) %>}]
tasks:
  a:
    action: core.echo
    next:
      - when: <% failed() %>
        do: repair
      - when: <% succeeded() %>
        publish: seen=<% ctx(seen) + [result()] %>
        do: b
  repair: {action: core.noop}
  b:
    action: core.echo
    next: [{publish: "seen=<% ctx(seen) + [result()] %>"}]
`)

describe('a simulation', () => {
  it('goes by default as if every action succeeded without a result', () => {
    const { run } = Simulation.of(spec).toEnd()
    expect(run.conductor.status).toBe('succeeded')
    expect(run.conductor.output).toEqual({ seen: [null, null] })
  })

  it('ends actions as it is told, one step at a time', () => {
    const simulation = Simulation.of(spec, { outcome: ({ task }) => (task === 'a' ? { status: 'failed' } : null) })
    expect(simulation.next).toMatchObject({ id: 'a.0.0', task: 'a', attempt: 0, started: { action: 'core.echo' } })
    expect(simulation.step()?.effects).toMatchObject([{ type: 'start', task: 'repair' }])
    expect(simulation.next?.task).toBe('repair')
    simulation.step()
    expect(simulation.step()).toBeNull()
    expect(simulation.run.conductor.status).toBe('succeeded')
  })

  it('goes on from a run that is partly finished and leaves that one alone', () => {
    const run = new WorkflowRun(spec)
    run.apply({ type: 'begin' })
    run.apply({ type: 'action', id: 'a.0.0', status: 'succeeded', result: 1 })
    const before = run.snapshot()
    const simulation = Simulation.from(spec, run, { outcome: () => ({ result: 2 }) }).toEnd()
    expect(simulation.run.conductor.output).toEqual({ seen: [1, 2] })
    expect(run.snapshot()).toEqual(before)
  })

  it('is stopped where a workflow goes round and round', () => {
    const loop = loadWorkflow('tasks: {s: {action: x, next: [{do: a}]}, a: {action: x, next: [{do: a}]}}')
    expect(() => Simulation.of(loop).toEnd()).toThrow('MAX_SIMULATED_STEPS (10000)')
  })
})
