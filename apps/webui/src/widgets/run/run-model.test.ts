import type { WorkflowStep } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { runModel } from './run-model.ts'
import { childOf, SECONDS_0 } from './test-executions.ts'

const step = (id: string, status: string, more: Partial<WorkflowStep> = {}): WorkflowStep => ({
  id,
  route: 0,
  status,
  contexts: { in: [0] },
  prev: {},
  next: {},
  ...more,
})
const task = (id: string, name: string, more: Record<string, unknown> = {}) => ({
  id,
  task_id: name,
  task_route: 0,
  status: 'running',
  itemized: false,
  start_timestamp: '2026-01-01T00:00:00.000000Z',
  ...more,
})

describe('a run', () => {
  it('takes the attempts of a retry as one step and the rounds of a cycle as several', () => {
    const sequence = [
      step('probe', 'succeeded', { retry: { tally: 1 }, next: { check__t0: true } }),
      step('check', 'failed'),
      step('check', 'succeeded', { prev: { probe__t0: 0 } }),
    ]
    const executions = [
      childOf('probe', [['failed', 1]], { taskExecution: 'p1' }),
      childOf('probe', [['succeeded', 3]], { taskExecution: 'p2' }),
      childOf('check', [['failed', 4]], { taskExecution: 'c1' }),
      childOf('check', [['succeeded', 5]], { taskExecution: 'c2' }),
    ]
    const { tasks, steps } = runModel({ status: 'succeeded', executions, insight: { sequence, tasks: [] } })
    expect(tasks.get('probe')?.visits.map(({ attempts }) => attempts.map(({ id }) => id))).toEqual([['p1', 'p2']])
    expect(tasks.get('check')?.visits.map(({ attempts }) => attempts.map(({ id }) => id))).toEqual([['c1'], ['c2']])
    expect(tasks.get('check')?.status).toBe('succeeded')
    expect(steps.map((one) => one.task)).toEqual(['probe', 'check', 'check'])
    expect(steps[2]?.visit.previous).toEqual([0])
    expect(tasks.get('probe')?.visits[0]?.transitions).toEqual({ check__t0: true })
  })

  it('counts items, in their order, and goes on until the last one has ended', () => {
    const executions = [
      childOf('each', [['running', 2]], { item: 1 }),
      childOf('each', [['succeeded', 3]], { item: 0 }),
    ]
    const insight = {
      sequence: [step('each', 'running')],
      tasks: [task('each-1', 'each', { itemized: true, items_count: 3 })],
    }
    const attempt = runModel({ status: 'running', executions, insight }).tasks.get('each')?.visits[0]?.attempts[0]
    expect(attempt).toMatchObject({ itemsCount: 3, status: 'running', end: null })
    expect(attempt?.executions.map(({ id }) => id)).toEqual(['each-1-0', 'each-1-1'])
  })

  it('fails with a failed item when all have ended', () => {
    const executions = [childOf('each', [['failed', 2]], { item: 0 }), childOf('each', [['succeeded', 3]], { item: 1 })]
    const each = runModel({ status: 'failed', executions, insight: null }).tasks.get('each')
    expect(each?.status).toBe('failed')
    expect(each?.visits[0]?.attempts[0]?.end).toBe(SECONDS_0 + 3000)
  })

  it('is as far as its executions when the view of the workflow comes later', () => {
    const executions = [childOf('a', [['succeeded', 1]]), childOf('b', [['running', 1]])]
    const insight = { sequence: [step('a', 'running')], tasks: [] }
    const { tasks } = runModel({ status: 'running', executions, insight })
    expect(tasks.get('a')?.status).toBe('succeeded')
    expect(tasks.get('b')?.status).toBe('running')
    expect(tasks.get('b')?.visits[0]?.index).toBeNull()
  })

  it('knows tasks without an action from the workflow alone, and takes no command for a task', () => {
    const insight = { sequence: [step('join', 'succeeded'), step('fail', 'failed')], tasks: [] }
    expect([...runModel({ status: 'failed', executions: [], insight }).tasks.keys()]).toEqual(['join'])
    expect(runModel({ status: 'running', executions: [], insight }).tasks.get('join')?.status).toBe('succeeded')
  })

  it('keeps what the workflow says of executions that are gone', () => {
    const insight = { sequence: [step('a', 'failed')], tasks: [task('gone', 'a', { status: 'failed' })] }
    const attempt = runModel({ status: 'failed', executions: [], insight }).tasks.get('a')?.visits[0]?.attempts[0]
    expect(attempt).toMatchObject({ id: 'gone', status: 'failed', executions: [] })
  })

  it('says that a retry goes on between two attempts', () => {
    const insight = { sequence: [step('a', 'retrying', { retry: { tally: 1 } })], tasks: [] }
    const executions = [childOf('a', [['failed', 1]])]
    expect(runModel({ status: 'running', executions, insight }).tasks.get('a')?.status).toBe('retrying')
  })

  it('takes each execution of a chain as a round of its task', () => {
    const executions = [
      childOf('c1', [['failed', 1]], { chain: true, id: 'x' }),
      childOf('c1', [['succeeded', 2]], { chain: true, id: 'y' }),
    ]
    const c1 = runModel({ status: 'succeeded', executions, insight: null }).tasks.get('c1')
    expect(c1?.visits.map(({ status }) => status)).toEqual(['failed', 'succeeded'])
  })
})
