import { describe, expect, it } from 'vitest'
import { judgeOutput } from './judge-output.ts'

const RUNNER = {
  output_key: 'result',
  output_schema: {
    type: 'object',
    properties: { result: {}, exit_code: { type: 'integer', required: true } },
    additionalProperties: false,
  },
} as const
const MESSAGE = 'Error validating output. See error output for more details.'

function judge(result: unknown, output_schema: Record<string, unknown> = {}, runner: object = {}): unknown {
  return judgeOutput(result, { output_schema }, { ...RUNNER, ...runner })
}

const COUNT = { type: 'object', properties: { count: { type: 'integer' } }, additionalProperties: false }

describe('the result of a run that succeeded', () => {
  it.each([
    ['it is what runner and action promise', { result: { count: 1 }, exit_code: 0 }, COUNT, {}],
    ['the runner promises nothing', { any: 1 }, COUNT, { output_schema: {} }],
    ["the action's schema has no type, as upstream's first format", { result: 5, exit_code: 0 }, { count: COUNT }, {}],
    ["the action's schema is none", { result: 5, exit_code: 0 }, { type: 'nothing' }, {}],
  ])('passes when %s', (_why, result, schema, runner) => {
    expect(judge(result, schema, runner)).toBeNull()
  })

  it('tells what does not fit in the words of upstream', () => {
    expect(judge({ result: { count: 'x' }, exit_code: 0 }, COUNT)).toEqual({
      error:
        "'x' is not of type 'integer'\n\nFailed validating 'type' in schema['properties']['count']:\n" +
        "    {'type': 'integer'}\n\nOn instance['count']:\n    'x'",
      message: MESSAGE,
    })
    expect(judge({ result: 1 })).toMatchObject({ error: expect.stringContaining("'exit_code' is a required property") })
    expect(judge({ result: { more: 1 }, exit_code: 0 }, COUNT)).toMatchObject({
      error: expect.stringContaining("Additional properties are not allowed ('more' was unexpected)"),
    })
    expect(judge({ exit_code: 0 }, COUNT)).toEqual({ error: "'result'", message: MESSAGE })
  })

  it('tells no value where the schema has secrets, and none that is very long', () => {
    const secret = { type: 'object', properties: { pin: { type: 'integer', secret: true } } }
    const error = 'The value of "pin" does not fit its schema (type).'
    expect(judge({ result: { pin: 'swordfish' }, exit_code: 0 }, secret)).toEqual({ error, message: MESSAGE })
    expect(JSON.stringify(judge({ result: { pin: 'swordfish' }, exit_code: 'x' }, secret))).not.toContain('swordfish')
    const first = { pin: { type: 'string', secret: true } }
    expect(JSON.stringify(judge({ result: { pin: 'swordfish' }, more: 'x' }, first))).not.toContain('swordfish')
    expect(JSON.stringify(judge({ result: { count: 'x'.repeat(30_000) }, exit_code: 0 }, COUNT))).not.toContain('xxx')
  })
})
