import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../bin/wf.ts', import.meta.url))
const DEFINITION = `
input: [n]
output: [{n: <% ctx(n) %>}]
tasks:
  a:
    action: core.echo message=<% ctx(n) %>
    next: [{when: <% succeeded() %>, publish: n=<% result() %>}]
`

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wf-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function wf(args: string[], input = ''): { status: number | null; lines: string[]; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    input,
    encoding: 'utf8',
    timeout: 30_000,
  })
  return { status, lines: stdout.split('\n').filter((line) => line !== ''), stderr }
}

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const CASE = { id: '1', spec: DEFINITION, inputs: { n: 1 }, outcomes: { a: [{ result: 2 }] } }
const ANSWER = {
  steps: [
    { start: 'a', route: 0, action: 'core.echo', input: { message: 1 }, delay: 0, workflow: 'running' },
    { end: 'a', route: 0, status: 'succeeded', task: 'succeeded', workflow: 'succeeded' },
  ],
  status: 'succeeded',
  output: { n: 2 },
  errors: [],
  tasks: [
    ['a', 0, 'succeeded'],
    ['continue', 0, 'succeeded'],
  ],
  contexts: [{ n: 1 }, { n: 2 }],
}

describe('wf', () => {
  it('conducts a case for each line and answers in the same order, and nothing else', () => {
    const lines = [
      JSON.stringify(CASE),
      '',
      'no JSON',
      JSON.stringify({ id: 2 }),
      JSON.stringify({ ...CASE, id: 3, spec: '' }),
    ]
    const { status, lines: answers } = wf(['conduct'], lines.join('\n'))
    expect(status).toBe(0)
    expect(answers.map((answer): unknown => JSON.parse(answer))).toEqual([
      { id: '1', ...ANSWER },
      { id: null, error: expect.stringContaining('JSONDecodeError') },
      { id: 2, error: 'InvalidRequest: spec: missing' },
      { id: 3, steps: [], raised: 'ValueError: The spec cannot be type of None.' },
    ])
  })

  it('inspects', () => {
    const spec = 'tasks: {a: {action: core.echo message=<% ctx(x) %>, next: [{do: b}]}}'
    const { lines } = wf(
      ['inspect'],
      [
        { id: 1, spec },
        { id: 2, spec: '' },
      ]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    )
    const [found, refused] = lines.map((line): unknown => JSON.parse(line))
    expect(found).toMatchObject({
      id: 1,
      errors: {
        semantics: [{ message: 'The task "b" is not defined.', spec_path: 'tasks.a.next[0].do' }],
        context: [{ message: 'Variable "x" is referenced before assignment.' }],
      },
    })
    expect(refused).toEqual({ id: 2, refused: 'The spec cannot be type of None.' })
  })

  it('checks recorded cases, packed or not, and lists what differs', () => {
    const right = JSON.stringify({ ...CASE, expect: { conduct: ANSWER, inspect: { errors: {} } } })
    const wrong = JSON.stringify({ ...CASE, id: 'wrong', expect: { conduct: { ...ANSWER, output: { n: 3 } } } })
    const either = JSON.stringify({
      ...CASE,
      id: 'either',
      expect: { conduct: { ...ANSWER, status: 'failed' } },
      accept: [ANSWER],
    })
    const packed = wf(['check', file('cases.jsonl.gz', gzipSync(`${right}\n${either}\n`))])
    expect(packed).toMatchObject({ status: 0, lines: ['2 agree, 0 differ'] })
    const plain = wf(['check', file('cases.jsonl', `${right}\n${wrong}\n`)])
    expect(plain.status).toBe(1)
    expect(plain.lines).toEqual(['wrong conduct: output.n: expected 3, was 2', '1 agree, 1 differ'])
  })

  it('rehearses workflows, and says what differs', () => {
    file('workflow.yaml', DEFINITION)
    file('result.json', '{"from": "a file"}')
    const good = file(
      'good.yaml',
      `workflow: workflow.yaml
inputs: {n: 5}
expected_task_sequence: [a, continue]
mock_action_executions: [{task_id: a, result_path: result.json}]
expected_output: {n: {from: a file}}
`,
    )
    const bad = file(
      'bad.yaml',
      'workflow: workflow.yaml\nexpected_task_sequence: [a]\nexpected_workflow_status: failed\n',
    )
    expect(wf(['rehearse', good])).toMatchObject({ status: 0, lines: [`ok  ${good}`] })
    const { status, lines } = wf(['rehearse', good, bad])
    expect(status).toBe(1)
    expect(lines).toEqual([
      `ok  ${good}`,
      `differs  ${bad}`,
      "  The actual task sequence ['a', 'continue'] does not match expected ['a'].",
      '  The actual workflow status "succeeded" does not match expected "failed".',
    ])
  })

  it('says how it is used', () => {
    expect(wf([])).toMatchObject({ status: 2, stderr: expect.stringContaining('usage: wf conduct') })
  })
})
