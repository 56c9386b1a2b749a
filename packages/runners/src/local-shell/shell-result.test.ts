import { describe, expect, it } from 'vitest'
import type { SessionEnd } from '../process/run-session.ts'
import { parseWhole, shellOutcome, stripNewline } from './shell-result.ts'

const ended = (changes: Partial<SessionEnd>): SessionEnd => ({
  returnCode: 0,
  reason: 'ended',
  stdout: '',
  stderr: '',
  ...changes,
})
const expected = { timeoutSeconds: 7, usedPassword: false }

describe('shellOutcome', () => {
  it.each([
    [0, 'succeeded'],
    [1, 'failed'],
    [127, 'failed'],
    [137, 'failed'],
    [143, 'failed'],
    [-2, 'failed'],
    [-9, 'timeout'],
    [-15, 'abandoned'],
  ] as const)('maps the return code %i to %s', (returnCode, status) => {
    const outcome = shellOutcome(ended({ returnCode }), expected)
    expect(outcome).toMatchObject({ status, result: { return_code: returnCode, succeeded: returnCode === 0 } })
  })

  it('has the keys of upstream in their order', () => {
    const { result } = shellOutcome(ended({ stdout: 'a\n' }), expected)
    expect(JSON.stringify(result)).toBe('{"failed":false,"succeeded":true,"return_code":0,"stdout":"a","stderr":""}')
  })

  it('reports a timeout as -9 with its text, whatever signal ended the command', () => {
    expect(shellOutcome(ended({ reason: 'timeout', returnCode: -15 }), expected)).toMatchObject({
      status: 'timeout',
      result: { return_code: -9, error: 'Action failed to complete in 7 seconds' },
    })
  })

  it('reports a wrong sudo password as -1 and names the user', () => {
    const stderr = '[sudo] password for ann: Sorry, try again.\nsudo: 3 incorrect password attempts\n'
    const end = ended({ returnCode: 1, stderr })
    expect(shellOutcome(end, { timeoutSeconds: 7, usedPassword: true })).toMatchObject({
      status: 'failed',
      result: {
        return_code: -1,
        error: 'Invalid sudo password provided or sudo is not configured for this user (ann)',
      },
    })
    expect(shellOutcome(end, expected)).toMatchObject({ result: { return_code: 1 } })
  })

  it('is canceled when it was told to stop', () => {
    expect(shellOutcome(ended({ reason: 'canceled', returnCode: -15 }), expected).status).toBe('canceled')
  })
})

describe('stripNewline', () => {
  it.each([
    ['a\n', 'a'],
    ['a\r\n', 'a'],
    ['a\n\n', 'a\n'],
    ['a\r', 'a'],
    ['a\n\r', 'a\n'],
    ['', ''],
  ])('turns %j into %j', (text, stripped) => {
    expect(stripNewline(text)).toBe(stripped)
  })
})

describe('parseWhole', () => {
  it.each([
    ['10', 10],
    ['"x"', 'x'],
    ['true', true],
    ['null', null],
    [' {"a": [1, 2]} ', { a: [1, 2] }],
    ['', ''],
    ['10 20', '10 20'],
    ['{a: 1}', '{a: 1}'],
    ['NaN', 'NaN'],
    ['True', 'True'],
    ['0x10', '0x10'],
    ['12345678901234567890', '12345678901234567890'],
    ['1e999', '1e999'],
  ])('reads %j as %j', (text, value) => {
    expect(parseWhole(text)).toEqual(value)
  })
})
