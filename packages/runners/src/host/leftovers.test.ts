import { describe, expect, it } from 'vitest'
import { type ProcessEntry, readBootId } from '../process/proc-table.ts'
import type { SessionRecord } from '../process/session-records.ts'
import { findLeftovers } from './leftovers.ts'

const entry = (pid: number, changes: Partial<ProcessEntry> = {}): ProcessEntry => ({
  pid,
  parent: 1,
  session: pid,
  startTime: '100',
  ...changes,
})
const record: SessionRecord = { pid: 70_001, start_time: '100', boot_id: readBootId(), execution_id: 'e1', epoch: 1 }

function found(processes: ProcessEntry[], markers: Record<number, string> = {}, records = [record]): unknown {
  const snapshot = { takenAt: 0, processes, markerOf: (pid: number) => markers[pid] ?? null }
  return findLeftovers(snapshot, records, 'box', 2).map(({ pid, executionId }) => [pid, executionId])
}

describe('findLeftovers', () => {
  it('finds every member of a recorded session', () => {
    expect(found([entry(70_001), entry(70_002, { session: 70_001 }), entry(70_003)])).toEqual([
      [70_001, 'e1'],
      [70_002, 'e1'],
    ])
  })

  it('leaves a process alone that has the recorded pid but another start time', () => {
    expect(found([entry(70_001, { startTime: '101' }), entry(70_002, { session: 70_001 })])).toEqual([])
  })

  it('leaves everything alone that was recorded before the machine was started again', () => {
    expect(found([entry(70_001)], {}, [{ ...record, boot_id: 'earlier' }])).toEqual([])
  })

  it('trusts only the marker when the leader of the session has gone', () => {
    const members = [entry(70_002, { session: 70_001 }), entry(70_003, { session: 70_001 })]
    expect(found(members, { 70_003: 'box:1:e1' })).toEqual([[70_003, 'e1']])
  })

  it.each([
    ['box:1:e9', true],
    ['box:2:e9', true],
    ['box:3:e9', false],
    ['other:1:e9', false],
    ['box', false],
    ['', false],
  ])('judges a process outside of any session by its marker %j: %s', (marker, isLeftover) => {
    expect(found([entry(70_009)], { 70_009: marker })).toEqual(isLeftover ? [[70_009, 'e9']] : [])
  })

  it('spares a recorded session that carries the marker of another instance', () => {
    expect(found([entry(70_001)], { 70_001: 'other:1:e1' })).toEqual([])
  })

  it('spares itself and its ancestors, which an action may have started', () => {
    const own = entry(process.pid, { parent: 70_005, session: 70_001 })
    const processes = [own, entry(70_005, { parent: 70_001, session: 70_001 }), entry(70_001)]
    expect(found(processes, { [process.pid]: 'box:1:e1' })).toEqual([])
  })
})
