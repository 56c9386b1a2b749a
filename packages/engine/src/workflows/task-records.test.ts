import type { WorkflowEvent, WorkflowExecution } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { TaskRecords } from './task-records.ts'

const RECORD = {
  id: '6a1b2c3d4e5f6a1b2c3d4e5f',
  rev: 1,
  action_execution: '6a1b2c3d4e5f6a1b2c3d4e60',
  action_ref: 'test.items',
  status: 'running',
  definition: '',
  start_timestamp: '2026-01-01T00:00:00.000000Z',
} as const satisfies WorkflowExecution

type Row = Pick<WorkflowEvent, 'at' | 'event' | 'effects'>

function started(...ids: readonly string[]): Row {
  return { at: 0, event: { type: 'begin' }, effects: ids.map((id) => ({ type: 'start', id, action: 'core.noop' })) }
}

function acted(at: number, id: string, status: string): Row {
  return { at, event: { type: 'action', id, status }, effects: [] }
}

function recordsOf(...rows: readonly Row[]): TaskRecords {
  const records = new TaskRecords(RECORD)
  for (const row of rows) records.add(row, 'result')
  return records
}

describe('records of tasks', () => {
  it('are over when all their items are, at the end of the last', () => {
    const rows = [started('t.0.0.0', 't.0.0.1'), acted(1_000_000, 't.0.0.1', 'failed')]
    expect(recordsOf(...rows).latest('t', 0)).toMatchObject({ status: 'running', end_timestamp: undefined })
    expect(recordsOf(...rows, acted(2_000_000, 't.0.0.0', 'succeeded')).latest('t', 0)).toMatchObject({
      status: 'failed',
      end_timestamp: '1970-01-01T00:00:02.000000Z',
      items_count: 2,
    })
  })

  it('are those of the newest run on a route', () => {
    const records = recordsOf(
      started('t.0.0', 't.1.0'),
      acted(1_000_000, 't.0.0', 'failed'),
      started('t.0.1'),
      acted(2_000_000, 't.0.0', 'failed'),
    )
    expect(records.latest('t', 0)).toMatchObject({ status: 'running', result: undefined })
    expect(records.latest('t', 2)).toBeNull()
    expect(records.all.map(({ status }) => status)).toEqual(['failed', 'running', 'running'])
  })

  it('of many items are read in linear time', () => {
    const before = process.threadCpuUsage()
    const records = new TaskRecords(RECORD)
    for (let item = 0; item < 50_000; item++) {
      records.add(started(`t.0.0.${item}`), null)
      records.add(acted(1_000_000, `t.0.0.${item}`, 'succeeded'), null)
    }
    expect(records.latest('t', 0)?.status).toBe('succeeded')
    const { user, system } = process.threadCpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(5_000)
  })
})
