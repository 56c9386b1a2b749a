import { describe, expect, it } from 'vitest'
import { itemsOf } from './graph-looks.ts'
import { replayedTasks, rowWords } from './replay.ts'
import { runModel } from './run-model.ts'

const row = (seq: number, event: Record<string, unknown>, effects: Record<string, unknown>[] = []) => ({
  seq,
  timestamp: `2026-01-01T00:00:0${seq}.000000Z`,
  event,
  effects,
})
const ROWS = [
  row(0, { type: 'begin' }, [
    { type: 'start', id: 'a.0.0' },
    { type: 'status', status: 'running' },
  ]),
  row(1, { type: 'action', id: 'a.0.0', status: 'failed' }, [{ type: 'start', id: 'a.0.1' }]),
  row(2, { type: 'action', id: 'a.0.1', status: 'succeeded' }, [
    { type: 'start', id: 'each.0.0.0' },
    { type: 'start', id: 'each.0.0.1' },
  ]),
  row(3, { type: 'action', id: 'each.0.0.1', status: 'failed' }),
  row(4, { type: 'action', id: 'each.0.0.0', status: 'succeeded' }, [{ type: 'status', status: 'failed' }]),
]
const modelAt = (step: number) =>
  runModel({ status: 'running', executions: [], insight: { sequence: [], tasks: replayedTasks(ROWS.slice(0, step)) } })

describe('a replay', () => {
  it('stands as it stood after each row', () => {
    expect(modelAt(0).tasks.size).toBe(0)
    expect(modelAt(1).tasks.get('a')?.status).toBe('running')
    expect(
      modelAt(2)
        .tasks.get('a')
        ?.visits[0]?.attempts.map(({ status }) => status),
    ).toEqual(['failed', 'running'])
    expect(modelAt(3).tasks.get('a')?.status).toBe('succeeded')
    const lasted = (step: number) => modelAt(step).tasks.get('a')?.visits[0]?.attempts.at(-1)
    expect((lasted(2)?.end ?? 0) - (lasted(2)?.start ?? 0), 'ms until then').toBe(0)
    const items = (step: number) => itemsOf(modelAt(step).tasks.get('each')?.visits[0]?.attempts[0])
    expect(items(3)).toEqual({ done: 0, bad: 0, total: 2 })
    expect(items(4)).toEqual({ done: 1, bad: 1, total: 2 })
    expect(modelAt(5).tasks.get('each')?.status).toBe('failed')
  })

  it('is told in words', () => {
    expect(ROWS.map((one) => Object.values(rowWords(one)).join(' → '))).toEqual([
      'The workflow began → starts a; the workflow is running',
      'a failed → starts a',
      'a succeeded → starts each',
      'each, item 2, failed → ',
      'each, item 1, succeeded → the workflow is failed',
    ])
  })
})
