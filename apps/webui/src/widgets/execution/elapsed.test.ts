import type { Execution } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { elapsedSeconds, phasesOf } from './elapsed.ts'

const NOW = Date.parse('2026-11-25T10:00:10Z')
const execution = { status: 'running', start_timestamp: '2026-11-25T10:00:00.000000Z' } as Execution

describe('the duration of an execution', () => {
  it('grows until it ends', () => {
    expect(elapsedSeconds(execution, NOW)).toBe(10)
    expect(elapsedSeconds({ ...execution, status: 'failed', end_timestamp: '2026-11-25T10:00:04.500000Z' }, NOW)).toBe(
      4.5,
    )
  })

  it('is unknown when it ended and nobody says when', () => {
    expect(elapsedSeconds({ ...execution, status: 'abandoned' }, NOW)).toBeNull()
  })
})

describe('the phases of an execution', () => {
  it('last from one status to the next', () => {
    const log = [
      { status: 'requested', timestamp: '2026-11-25T10:00:00.000Z' },
      { status: 'running', timestamp: '2026-11-25T10:00:01.500Z' },
    ] as const
    expect(phasesOf(log, NOW).map(({ seconds }) => seconds)).toEqual([1.5, 8.5])
    expect(
      phasesOf([...log, { status: 'succeeded', timestamp: '2026-11-25T10:00:03.000Z' }], NOW).at(-1)?.seconds,
    ).toBeNull()
  })
})
