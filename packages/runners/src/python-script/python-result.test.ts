import { describe, expect, it } from 'vitest'
import type { SessionEnd } from '../process/run-session.ts'
import { pythonOutcome } from './python-result.ts'

const ended = (changes: Partial<SessionEnd>): SessionEnd => ({
  returnCode: 0,
  reason: 'ended',
  stdout: 'out',
  stderr: 'err',
  ...changes,
})
const answer = (result: unknown, status: boolean | null): Buffer => Buffer.from(JSON.stringify({ result, status }))

describe('pythonOutcome', () => {
  it.each([
    [0, answer(1, null), 'succeeded', 1],
    [0, answer(1, true), 'succeeded', 1],
    [0, answer(1, false), 'failed', 1],
    [1, answer(1, true), 'failed', 1],
    [0, null, 'succeeded', 'None'],
    [1, null, 'failed', 'None'],
    [-9, null, 'failed', 'None'],
    [-15, null, 'failed', 'None'],
  ] as const)('judges the exit code %i with the answer %s as %s', (returnCode, output, status, result) => {
    const outcome = pythonOutcome(ended({ returnCode }), output, 5)
    expect(outcome).toEqual({ status, result: { stdout: 'out', stderr: 'err', exit_code: returnCode, result } })
  })

  it('has the keys of upstream in their order', () => {
    expect(JSON.stringify(pythonOutcome(ended({}), null, 5).result)).toBe(
      '{"stdout":"out","stderr":"err","exit_code":0,"result":"None"}',
    )
  })

  it('reports a timeout as -9 with its text, whatever signal ended the action', () => {
    expect(pythonOutcome(ended({ reason: 'timeout', returnCode: -15 }), null, 5)).toMatchObject({
      status: 'timeout',
      result: { exit_code: -9, error: 'Action failed to complete in 5 seconds' },
    })
  })

  it('is canceled when it was told to stop, whatever the exit code', () => {
    expect(pythonOutcome(ended({ reason: 'canceled', returnCode: 220 }), null, 5).status).toBe('canceled')
  })

  it('is refused for a status that is none, with what the action was told', () => {
    expect(() => pythonOutcome(ended({ returnCode: 220 }), null, 5)).toThrow('err')
  })
})
