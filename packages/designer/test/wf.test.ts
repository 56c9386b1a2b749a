import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../bin/wf-designer.ts', import.meta.url))
const TEXT = 'tasks:\r\n  # [1, 2]\r\n  a: {action: core.noop}   # é\r\n'

function wf(args: string[], input: string): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    input,
    encoding: 'utf8',
    timeout: 30_000,
  })
  return { status, stdout, stderr }
}

function answers(args: string[], requests: unknown[]): unknown[] {
  const { stdout } = wf(args, requests.map((request) => `${JSON.stringify(request)}\n`).join(''))
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
}

describe('wf for the designer', () => {
  it('gives a text back as it came, and a workflow in JSON as well', () => {
    expect(wf(['roundtrip'], TEXT)).toEqual({ status: 0, stdout: TEXT, stderr: '' })
    expect(wf(['roundtrip'], '{"tasks": {"a": {"action": "core.noop"}}}').stdout).toBe(
      '{"tasks": {"a": {"action": "core.noop"}}}',
    )
  })

  it('answers a line for each request', () => {
    expect(
      answers(
        ['roundtrip'],
        [
          { id: 'x', spec: TEXT },
          { id: 'y', spec: 'a: [' },
        ],
      ),
    ).toMatchObject([
      { id: 'x', spec: TEXT, same: true, model: { tasks: [{ name: 'a', position: { x: 1, y: 2 } }] } },
      { id: 'y', spec: 'a: [', same: true, fault: { line: 1 } },
    ])
    const commands = [
      { verb: 'set-task-field', task: 'a', field: 'delay', value: 3 },
      { verb: 'remove-transition', task: 'a', index: 0 },
    ]
    expect(answers(['edit'], [{ id: 1, spec: TEXT, commands }])).toMatchObject([
      {
        id: 1,
        spec: TEXT.replace('core.noop', 'core.noop, delay: 3'),
        outcomes: [{ allowed: true }, { allowed: false, reason: '"a" has no transition 0; they are counted from 0.' }],
        undone: true,
      },
    ])
    expect(answers(['rename'], [{ id: 2, spec: TEXT, kind: 'task', from: 'a', to: 'b' }])).toMatchObject([
      { id: 2, spec: TEXT.replace('a:', 'b:'), outcomes: [{ allowed: true }] },
    ])
  })

  it('names the field of a request that is wrong', () => {
    const requests = [
      { id: 1, commands: [] },
      { id: 2, spec: '', commands: [{ verb: 'nope' }] },
      { id: 3, spec: '', commands: [{ verb: 'add-task' }, { verb: 'move-tasks', positions: { a: 1 } }] },
      { id: 4, spec: '', commands: [{ verb: 'remove-tasks' }] },
    ]
    expect(answers(['edit'], requests)).toEqual([
      { id: 1, error: 'CommandFormatError: spec: a text was expected' },
      { id: 2, error: 'CommandFormatError: commands[0].verb: there is no "nope"' },
      { id: 3, error: 'CommandFormatError: commands[1].positions: positions {"x", "y"} or null by task was expected' },
      { id: 4, error: 'CommandFormatError: commands[0].names: it is missing' },
    ])
  })

  it('edits a text by commands in its arguments, and says what it did not do', () => {
    const command = JSON.stringify({ verb: 'add-task', name: 'b', action: 'core.local' })
    expect(wf(['edit', command], TEXT).stdout).toBe(TEXT + '  b:\r\n    action: core.local\r\n')
    expect(wf(['rename', 'task', 'a', 'fail'], TEXT)).toEqual({
      status: 1,
      stdout: TEXT,
      stderr: '"fail" is a command of the engine and no name of a task.\n',
    })
    expect(wf(['rename'], TEXT)).toMatchObject({ status: 1, stderr: 'kind: task or variable was expected\n' })
    expect(wf(['roundtrip'], 'a: [')).toMatchObject({ status: 1, stdout: 'a: [' })
    expect(wf(['what'], '').status).toBe(2)
  })
})
