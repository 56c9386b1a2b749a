import { describe, expect, it } from 'vitest'
import { criticalPath } from './critical-path.ts'
import { ganttPhases, spanOf } from './phases.ts'
import { runModel } from './run-model.ts'
import { childOf, SECONDS_0 } from './test-executions.ts'

const seconds = (start: number, end: number) => ({ start: SECONDS_0 + start * 1000, end: SECONDS_0 + end * 1000 })

describe('phases of an execution', () => {
  it('puts what it waited, ran and paused one after the other', () => {
    const execution = childOf('a', [
      ['requested', 0],
      ['scheduled', 1],
      ['running', 2],
      ['pausing', 5],
      ['paused', 6],
      ['resuming', 8],
      ['running', 9],
      ['succeeded', 10],
    ])
    expect(ganttPhases(execution, SECONDS_0 + 99_000)).toEqual([
      { kind: 'queue', ...seconds(0, 2) },
      { kind: 'run', ...seconds(2, 6) },
      { kind: 'pause', ...seconds(6, 8) },
      { kind: 'run', ...seconds(8, 10) },
    ])
  })

  it('lasts until now while it goes on, and never ends before it starts', () => {
    const execution = childOf('a', [
      ['requested', 5],
      ['running', 4],
    ])
    expect(ganttPhases(execution, SECONDS_0 + 7000)).toEqual([
      { kind: 'queue', ...seconds(5, 5) },
      { kind: 'run', ...seconds(4, 7) },
    ])
  })

  it('spans all from the first to the last, and until now', () => {
    const done = childOf('a', [
      ['requested', 1],
      ['succeeded', 3],
    ])
    expect(spanOf([done, childOf('b', [['running', 2]])], SECONDS_0 + 9000)).toEqual(seconds(1, 9))
    expect(spanOf([done], SECONDS_0 + 9000)).toEqual(seconds(1, 3))
    expect(spanOf([], 0)).toBeNull()
  })
})

describe('the critical path', () => {
  const step = (id: string, prev: Record<string, number> = {}) => ({
    id,
    route: 0,
    status: 'succeeded',
    contexts: { in: [0] },
    prev,
    next: {},
  })

  it('goes back from the end by what was waited for longest', () => {
    const executions = [
      childOf('start', [
        ['running', 0],
        ['succeeded', 1],
      ]),
      childOf('short', [
        ['running', 1],
        ['succeeded', 2],
      ]),
      childOf('long', [
        ['running', 1],
        ['succeeded', 5],
      ]),
      childOf('end', [
        ['running', 5],
        ['succeeded', 6],
      ]),
    ]
    const sequence = [
      step('start'),
      step('short', { start__t0: 0 }),
      step('long', { start__t0: 0 }),
      step('end', { short__t0: 1, long__t0: 2 }),
    ]
    const model = runModel({ status: 'succeeded', executions, insight: { sequence, tasks: [] } })
    expect([...criticalPath(model)]).toEqual(['end-1', 'long-1', 'start-1'])
  })

  it('ends where the sequence turns in a circle', () => {
    const sequence = [step('a', { a__t0: 0 })]
    const model = runModel({ status: 'succeeded', executions: [], insight: { sequence, tasks: [] } })
    expect(criticalPath(model).size).toBe(0)
  })
})
