import { describe, expect, it } from 'vitest'
import { ganttPhases } from './phases.ts'
import { runModel } from './run-model.ts'
import { openedWorkflows, type RowOptions, runRows, workflowRow } from './run-rows.ts'
import { childOf } from './test-executions.ts'

const NOTHING: RowOptions = { opened: new Set(), nested: new Map(), critical: new Set() }
const executions = [
  childOf('late', [['running', 9]], { runner: 'orquesta', id: 'sub' }),
  childOf('each', [['succeeded', 3]], { item: 0 }),
  childOf('each', [['failed', 3]], { item: 1 }),
  childOf('retried', [['failed', 1]], { taskExecution: 'r1' }),
  childOf('retried', [['succeeded', 5]], { taskExecution: 'r2' }),
]
const model = runModel({ status: 'running', executions, insight: null })
const seen = (options: Partial<RowOptions>) =>
  runRows(model, { ...NOTHING, ...options }).map((row) =>
    row.kind === 'note'
      ? `${row.depth} ${row.text}`
      : `${row.depth} ${row.title}${row.note === null ? '' : ` ${row.note}`}`,
  )

describe('rows of a run', () => {
  it('stand in the order in which things started, each attempt for itself', () => {
    expect(seen({})).toEqual(['0 retried attempt 1', '0 each', '0 retried attempt 2', '0 late'])
  })

  it('open into items, and into the tasks of a workflow as they come to be known', () => {
    expect(seen({ opened: new Set(['each-1']) })).toContain('1 item 2')
    const opened = new Set(['late-1'])
    expect(seen({ opened }).at(-1)).toBe('1 Loading its tasks')
    const rows = runRows(model, { ...NOTHING, opened })
    expect(openedWorkflows(rows)).toEqual(['sub'])
    const failed = new Map([['sub', { kind: 'failed', reason: 'no' }]] as const)
    expect(seen({ opened, nested: failed }).at(-1)).toBe('1 Its tasks could not be loaded: no')
    const inner = childOf('inner', [['running', 10]], { runner: 'orquesta', id: 'deep' })
    const known = new Map([['sub', { kind: 'known', executions: [inner] }]] as const)
    expect(seen({ opened, nested: known }).at(-1)).toBe('1 inner')
    expect(seen({ opened: new Set(['late-1', 'late-1/inner-1']), nested: known }).at(-1)).toBe('2 Loading its tasks')
    expect(seen({ opened, nested: new Map([['sub', { kind: 'known', executions: [] }]]) }).at(-1)).toBe(
      '1 No task has started yet.',
    )
  })

  it('know whether something is below them, and what is critical', () => {
    const rows = runRows(model, { ...NOTHING, critical: new Set(['r2']) })
    const told = rows.map((row) => (row.kind === 'note' ? null : [row.title, row.isOpen, row.isCritical]))
    expect(told).toEqual([
      ['retried', null, false],
      ['each', false, false],
      ['retried', null, true],
      ['late', false, false],
    ])
  })

  it('begin with the run itself, with the time that it was paused', () => {
    const row = workflowRow(
      childOf('any', [
        ['running', 0],
        ['paused', 2],
        ['running', 5],
        ['succeeded', 6],
      ]),
    )
    expect(row).toMatchObject({ title: 'The workflow', status: 'succeeded', end: row.start + 6000 })
    expect(row.executions.flatMap((execution) => ganttPhases(execution, 0)).map(({ kind }) => kind)).toEqual([
      'run',
      'pause',
      'run',
    ])
  })

  it('are made fast for ten thousand items', () => {
    const items = Array.from({ length: 10_000 }, (_, item) => childOf('each', [['succeeded', 3]], { item }))
    const started = performance.now()
    const large = runModel({ status: 'succeeded', executions: items, insight: null })
    expect(runRows(large, { ...NOTHING, opened: new Set(['each-1']) })).toHaveLength(10_001)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
