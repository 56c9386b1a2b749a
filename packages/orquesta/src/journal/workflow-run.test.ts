import { MissingAnswerError } from '@st2/expressions'
import { describe, expect, it } from 'vitest'
import { loadWorkflow } from '../spec/load-workflow.ts'
import { fromJsonText, toJsonText } from '../serialization/json-text.ts'
import type { Effect, JournalEntry } from './run-event.ts'
import { WorkflowRun } from './workflow-run.ts'

const chain = loadWorkflow(`
input: [n]
vars: [{total: 0}]
output: [{total: <% ctx(total) %>}]
tasks:
  a:
    action: core.echo message=<% ctx(n) %>
    next: [{when: <% succeeded() %>, publish: total=<% ctx(total) + result() %>, do: b}]
  b:
    with: {items: '<% [1, 2, 3] %>', concurrency: 2}
    action: core.echo
    input: {message: <% item() %>}
    next: [{when: <% succeeded() %>, publish: total=<% ctx(total) + result().sum() %>}]
`)

function starts(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => (effect.type === 'start' ? [effect.id] : []))
}

describe('a run', () => {
  it('says what to start, under ids of task, route, run and item, and what it came to', () => {
    const run = new WorkflowRun(chain, { inputs: { n: 5 } })
    const first = run.apply({ type: 'begin' })
    expect(first).toMatchObject({
      seq: 0,
      effects: [
        { type: 'start', id: 'a.0.0', action: 'core.echo', input: { message: 5 } },
        { type: 'status', status: 'running' },
      ],
    })
    expect(starts(run.apply({ type: 'action', id: 'a.0.0', status: 'succeeded', result: 10 }).effects)).toEqual([
      'b.0.0.0',
      'b.0.0.1',
    ])
    expect(starts(run.apply({ type: 'action', id: 'b.0.0.1', status: 'succeeded', result: 2 }).effects)).toEqual([
      'b.0.0.2',
    ])
    run.apply({ type: 'action', id: 'b.0.0.0', status: 'succeeded', result: 1 })
    const last = run.apply({ type: 'action', id: 'b.0.0.2', status: 'succeeded', result: 3 })
    expect(last.effects).toEqual([
      { type: 'status', status: 'succeeded' },
      { type: 'output', output: { total: 16 } },
    ])
    expect(run.running).toEqual([])
  })

  it('takes no event of an action that it did not ask for, or twice', () => {
    const run = new WorkflowRun(chain, { inputs: { n: 5 } })
    run.apply({ type: 'begin' })
    run.apply({ type: 'action', id: 'a.0.0', status: 'succeeded', result: 1 })
    const before = toJsonText(run.snapshot())
    expect(() => run.apply({ type: 'action', id: 'a.0.0', status: 'failed' })).toThrow(
      'no action execution "a.0.0" is running',
    )
    expect(() => run.apply({ type: 'action', id: 'x', status: 'failed' })).toThrow('no action execution "x" is running')
    expect(toJsonText(run.snapshot())).toBe(before)
  })

  it('changes nothing when a look-up has no answer, and goes on when it has one', () => {
    const spec = loadWorkflow(`
tasks:
  a:
    action: core.noop
    next: [{publish: [{x: 1}, {y: <% st2kv('system.key') %>}], do: b}]
  b: {action: core.echo message=<% ctx(y) %>}
`)
    const run = new WorkflowRun(spec, { context: { st2: { user: 'stanley' } } })
    run.apply({ type: 'begin' })
    const before = toJsonText(run.snapshot())
    const event = { type: 'action', id: 'a.0.0', status: 'succeeded' } as const
    const error = caught(() => run.apply(event))
    if (!(error instanceof MissingAnswerError)) throw error
    expect(error.request).toEqual({ source: 'st2kv', user: 'stanley', key: 'system.key', decrypt: false })
    expect(toJsonText(run.snapshot())).toBe(before)
    const answers = [{ request: error.request, answer: { kind: 'value', value: 'secret' } as const }]
    const row = run.apply(event, answers)
    expect(row).toMatchObject({ seq: 1, answers, effects: [{ id: 'b.0.0', input: { message: 'secret' } }] })
  })

  it('gives the same again from its rows, from the start and from any snapshot, through text', () => {
    const run = new WorkflowRun(chain, { inputs: { n: 5 } })
    const journal: JournalEntry[] = []
    const snapshots: string[] = []
    const apply = (event: Parameters<WorkflowRun['apply']>[0]) => {
      journal.push(run.apply(event))
      snapshots.push(toJsonText(run.snapshot()))
    }
    apply({ type: 'begin' })
    apply({ type: 'action', id: 'a.0.0', status: 'succeeded', result: 2.5 })
    for (const item of [1, 0, 2]) apply({ type: 'action', id: `b.0.0.${item}`, status: 'succeeded', result: item })
    const end = snapshots.at(-1)
    expect(toJsonText(WorkflowRun.replay(chain, journal, { inputs: { n: 5 } }).snapshot())).toBe(end)
    for (const text of snapshots) {
      const replayed = WorkflowRun.replay(chain, journal, { snapshot: fromJsonText(text) })
      expect(toJsonText(replayed.snapshot())).toBe(end)
    }
  })

  it('has chance and time from its events alone', () => {
    const spec = loadWorkflow('tasks: {a: {action: core.echo message=<% random() %>}}')
    const draw = (seed: number) => new WorkflowRun(spec).apply({ type: 'begin', seed }).effects
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
  })

  it('fails by a fault of the platform', () => {
    const run = new WorkflowRun(chain, { inputs: { n: 5 } })
    run.apply({ type: 'begin' })
    const { effects } = run.apply({
      type: 'fault',
      error: { message: 'Unable to find action "core.echo".', task_id: 'a', route: 0 },
    })
    expect(effects).toContainEqual({ type: 'status', status: 'failed' })
    expect(run.conductor.errors[0]).toEqual({
      type: 'error',
      message: 'Unable to find action "core.echo".',
      task_id: 'a',
      route: 0,
    })
  })

  it('goes on from an event that can not be decided: its task has failed, and can be run again', () => {
    const spec = loadWorkflow(
      'tasks: {a: {action: x, next: [{publish: [{"<% result() %>": 1}, {m: {"<% result() %>": 1}}]}]}}',
    )
    const run = new WorkflowRun(spec)
    run.apply({ type: 'begin' })
    const event = { type: 'action', id: 'a.0.0', status: 'succeeded', result: [1] } as const
    const error = caught(() => run.apply(event))
    expect(String(error)).toContain("unhashable type: 'list'")
    run.apply({
      type: 'fault',
      error: { message: `TypeError: unhashable type: 'list'`, task_id: 'a', route: 0 },
      id: 'a.0.0',
    })
    expect([run.conductor.status, run.running, run.conductor.state.entry('a', 0)?.status]).toEqual([
      'failed',
      [],
      'failed',
    ])
    expect(starts(run.apply({ type: 'rerun', tasks: [] }).effects)).toEqual(['a.0.1'])
  })

  it('can be asked what an expression would have been at a step', () => {
    const run = new WorkflowRun(chain, { inputs: { n: 5 } })
    run.apply({ type: 'begin' })
    run.apply({ type: 'action', id: 'a.0.0', status: 'succeeded', result: 10 })
    const { conductor } = run
    expect([conductor.variablesAt(0), conductor.variablesAt(1)]).toEqual([
      { n: 5, total: 0 },
      { n: 5, total: 10 },
    ])
    expect(conductor.evaluateAt(0, { x: '<% ctx(total) + result() %>', s: "{{ task_status('a') }}" }, 3)).toEqual({
      x: 3,
      s: 'succeeded',
    })
    expect(() => conductor.evaluateAt(1, '<% ctx(gone) %>')).toThrow('The variable "gone" is undefined.')
    expect(() => conductor.evaluateAt(9, 'x')).toThrow('the sequence has no entry 9')
  })

  it('names the runs of a retry, a cycle and a rerun anew', () => {
    const spec = loadWorkflow(`
tasks:
  a: {action: x, next: [{do: b}]}
  b: {action: x, retry: {count: 1}, next: [{when: <% succeeded() and result() = again %>, do: c}]}
  c: {action: x, next: [{do: b}]}
`)
    const run = new WorkflowRun(spec)
    run.apply({ type: 'begin' })
    const end = (id: string, status: string, result: unknown = null) =>
      starts(run.apply({ type: 'action', id, status, result }).effects)
    expect(end('a.0.0', 'succeeded')).toEqual(['b.0.0'])
    expect(end('b.0.0', 'failed')).toEqual(['b.0.1'])
    expect(end('b.0.1', 'succeeded', 'again')).toEqual(['c.0.0'])
    expect(end('c.0.0', 'succeeded')).toEqual(['b.0.2'])
    expect(end('b.0.2', 'failed')).toEqual(['b.0.3'])
    expect(end('b.0.3', 'failed')).toEqual([])
    expect(run.conductor.status).toBe('failed')
    expect(starts(run.apply({ type: 'rerun', tasks: [] }).effects)).toEqual(['b.0.4'])
  })
})

function caught(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('the items of a task', () => {
  it('stay what they were when the first started, also for a run that was restored in between', () => {
    const spec = loadWorkflow(`
tasks:
  a:
    with: {items: "<% [st2kv('system.first'), 2] %>", concurrency: 1}
    action: core.echo message=<% item() %>
`)
    const run = new WorkflowRun(spec, { context: { st2: { user: 'stanley' } } })
    const request = { source: 'st2kv', user: 'stanley', key: 'system.first', decrypt: false } as const
    const begun = run.apply({ type: 'begin' }, [{ request, answer: { kind: 'value', value: 'one' } }])
    expect(begun.effects).toMatchObject([{ id: 'a.0.0.0', input: { message: 'one' } }, { type: 'status' }])
    const restored = WorkflowRun.restore(spec, fromJsonText(toJsonText(run.snapshot())))
    for (const either of [run, restored]) {
      const row = either.apply({ type: 'action', id: 'a.0.0.0', status: 'succeeded' })
      expect(row).toMatchObject({ answers: [], effects: [{ id: 'a.0.0.1', input: { message: 2 } }] })
    }
  })
})
