import { describe, expect, it } from 'vitest'
import { MAX_DUMP_DEPTH, dumpYaml } from './dump.ts'

describe('dumpYaml', () => {
  it('writes an execution as the command line shows it', () => {
    const execution = {
      action: { ref: 'core.local' },
      context: { user: 'st2admin' },
      end_timestamp: '2026-11-25T19:40:04.354625Z',
      id: '6b0739944b3c9bb3ab8ff707',
      parameters: { cmd: 'echo hi' },
      result: { failed: false, return_code: 0, stderr: '', stdout: 'hi', succeeded: true },
      start_timestamp: '2026-11-25T19:40:04.126478Z',
      status: 'succeeded',
    }
    expect(dumpYaml(execution, { indent: 4 })).toBe(
      [
        'action:',
        '    ref: core.local',
        'context:',
        '    user: st2admin',
        "end_timestamp: '2026-11-25T19:40:04.354625Z'",
        'id: 6b0739944b3c9bb3ab8ff707',
        'parameters:',
        '    cmd: echo hi',
        'result:',
        '    failed: false',
        '    return_code: 0',
        "    stderr: ''",
        '    stdout: hi',
        '    succeeded: true',
        "start_timestamp: '2026-11-25T19:40:04.126478Z'",
        'status: succeeded',
        '',
      ].join('\n'),
    )
  })

  it('writes a list of mappings with the keys of each on one column', () => {
    expect(dumpYaml([{ b: [1, { c: 2 }], a: {} }], { indent: 4 })).toBe('-   a: {}\n    b:\n    - 1\n    -   c: 2\n')
  })

  it('leaves undefined properties out and takes integers of any size', () => {
    expect(dumpYaml({ a: undefined, b: 2n ** 70n, c: 1e20 })).toBe(
      'b: 1180591620717411303424\nc: 100000000000000000000\n',
    )
  })

  it('refuses what is not JSON, and what contains itself', () => {
    expect(() => dumpYaml({ a: new Date(0) })).toThrow('an object of class Date cannot be written as YAML')
    expect(() => dumpYaml(() => 1)).toThrow('a value of type function cannot be written as YAML')
    const circle: unknown[] = []
    circle.push(circle)
    expect(() => dumpYaml(circle)).toThrow(`nested deeper than ${MAX_DUMP_DEPTH} levels`)
  })
})
