import { describe, expect, it } from 'vitest'
import {
  canMove,
  COMPLETED_STATUSES,
  EXECUTION_STATUSES,
  type ExecutionRequestVerb,
  type ExecutionStatus,
  isCancelable,
  judgeRequest,
} from './statuses.ts'

describe('moves', () => {
  it.each(COMPLETED_STATUSES)('never leaves %s', (status) => {
    expect(EXECUTION_STATUSES.filter((to) => canMove(status, to))).toEqual([])
  })

  it('reaches a completed status from every other one', () => {
    const reached = new Set<ExecutionStatus>(COMPLETED_STATUSES)
    for (let round = 0; round < EXECUTION_STATUSES.length; round++) {
      for (const from of EXECUTION_STATUSES) if ([...reached].some((to) => canMove(from, to))) reached.add(from)
    }
    expect([...reached].sort()).toEqual([...EXECUTION_STATUSES].sort())
  })

  it('ends a cancel in canceled and in nothing else', () => {
    expect(EXECUTION_STATUSES.filter((to) => canMove('canceling', to))).toEqual(['canceled'])
  })
})

describe('judgeRequest', () => {
  const rows: [ExecutionRequestVerb, ExecutionStatus, string][] = [
    ['cancel', 'requested', 'move'],
    ['cancel', 'running', 'move'],
    ['cancel', 'paused', 'move'],
    ['cancel', 'canceling', 'settled'],
    ['cancel', 'canceled', 'settled'],
    ['cancel', 'pending', 'refuse'],
    ['cancel', 'succeeded', 'refuse'],
    ['pause', 'running', 'move'],
    ['pause', 'pausing', 'settled'],
    ['pause', 'requested', 'refuse'],
    ['resume', 'paused', 'move'],
    ['resume', 'running', 'settled'],
    ['resume', 'pausing', 'refuse'],
  ]
  it.each(rows)('%s while %s: %s', (verb, status, verdict) => {
    expect(judgeRequest(verb, status)).toBe(verdict)
  })

  it('offers a cancel exactly where upstream does', () => {
    expect(EXECUTION_STATUSES.filter(isCancelable).sort()).toEqual(
      ['requested', 'scheduled', 'delayed', 'running', 'pausing', 'paused', 'resuming'].sort(),
    )
  })
})
