import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, type ShownExecution, type TestApi } from './support/api.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'
import { until } from './support/until.ts'

const files = temporaryFolder()
let server: TestServer
let admin: TestApi

beforeAll(async () => {
  server = await startServer({ dataDir: join(files.path, 'data') })
  admin = await api(server)
  await admin.ask('PUT', '/keys/example', { body: { name: 'example', value: 'stone' } })
  await admin.ask('PUT', '/keys/example_secret', { body: { name: 'example_secret', value: 'gem', secret: true } })
}, 60_000)

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  files[Symbol.dispose]()
})

interface Ended {
  readonly output: unknown
  readonly errors?: readonly Record<string, unknown>[]
}

async function run(
  name: string,
  parameters: Record<string, unknown> = {},
): Promise<ShownExecution & { result: Ended }> {
  const { id } = await admin.run(`examples.${name}`, parameters)
  const done = await admin.finished(id, 40_000)
  return { ...done, result: done.result as Ended }
}

const UNKNOWN = 'NoFunctionRegisteredException: Unknown function "#property#value"'
const ALL_YOUR_BASE = 'All your base are belong to us!'
const GONE = 'Unable to find task execution for "task0".'
const MESSAGES = [
  'Fee fi fo fum',
  'I smell the blood of an English man',
  'Be alive, or be he dead',
  "I'll grind his bones to make my bread",
]
const TASKS = {
  last_task4_result: 'False',
  task9__1__parent: 'task8__1',
  task9__2__parent: 'task8__2',
  that_task_by_name: 'task1',
  this_task_by_name: 'task1',
  this_task_no_arg: 'task1',
}

/** name, input, output */
const SUCCEEDING: readonly (readonly [string, Record<string, unknown>, unknown])[] = [
  ['orquesta-sequential', { name: '薩諾斯' }, { greeting: `薩諾斯, ${ALL_YOUR_BASE}` }],
  ['orquesta-join', {}, { messages: MESSAGES }],
  ['orquesta-rollback-retry', {}, null],
  ['orquesta-subworkflow', {}, { greeting: `Thanos, ${ALL_YOUR_BASE}` }],
  [
    'orquesta-with-items',
    { members: ['a', 'b', 'c'] },
    { items: ['a', 'b', 'c'].map((one) => `${one}, resistance is futile!`) },
  ],
  [
    'orquesta-with-items-concurrency',
    { concurrency: 2 },
    { items: ['Lakshmi', 'Lindsay', 'Tomaz'].map((one) => `${one}, resistance is futile!`) },
  ],
  ['orquesta-delay', { name: 'Thanos', delay: 1 }, { greeting: `Thanos, ${ALL_YOUR_BASE}` }],
  ['orquesta-data-flow', { a1: 'fee fi fo fum 薩' }, { a5: 'fee fi fo fum 薩', b5: 'fee fi fo fum 薩' }],
  [
    'orquesta-st2kv',
    { key_name: 'system.example' },
    { value: 'stone', value_from_yaql: 'stone', value_from_jinja: 'stone' },
  ],
  [
    'orquesta-st2kv',
    { key_name: 'system.example_secret', decrypt: true },
    { value: 'gem', value_from_yaql: 'gem', value_from_jinja: 'gem' },
  ],
  [
    'orquesta-st2kv-default',
    { key_name: 'system.none', default: 'd' },
    { value_from_yaql: 'd', value_from_jinja: 'd' },
  ],
  ['orquesta-task-retry', {}, null],
  [
    'orquesta-examples',
    {},
    { greeting: `Thanos, ${ALL_YOUR_BASE}`, items: ['Lakshmi', 'Tomaz'].map((one) => `${one}, resistance is futile!`) },
  ],
  ['render_config_context', {}, { context_value: 'Testing' }],
  ['orquesta-error-handling-noop', { cmd: 'exit 1' }, { message: '$%#&@#$!!!' }],
  ['orquesta-test-action-less-tasks', { name: 'Thanos' }, { greeting: `THANOS, ${ALL_YOUR_BASE.toUpperCase()}` }],
  ['orquesta-test-subworkflow-empty-with-items', {}, { items: [] }],
  ['orquesta-test-yaql-task-functions', {}, TASKS],
  ['orquesta-test-jinja-task-functions', {}, TASKS],
  [
    'orquesta-test-field-escaping',
    {},
    {
      'wf.hostname.with.periods': {
        'hostname.domain.tld': 'vars.value.with.periods',
        'hostname2.domain.tld': { stdout: 'vars.nested.value.with.periods' },
      },
      'wf.output.with.periods': 'vars.nested.value.with.periods',
    },
  ],
]

/** name, input, output, texts of the errors */
const FAILING: readonly (readonly [string, Record<string, unknown>, unknown, readonly string[]])[] = [
  ['orquesta-fail-input-rendering', {}, null, [UNKNOWN]],
  ['orquesta-fail-vars-rendering', {}, null, [UNKNOWN]],
  ['orquesta-fail-output-rendering', {}, null, [UNKNOWN]],
  [
    'orquesta-fail-start-task',
    {},
    null,
    [UNKNOWN, "Unable to resolve key 'greeting' in expression '<% ctx().greeting %>' from context."],
  ],
  [
    'orquesta-fail-task-transition',
    {},
    { greeting: null },
    ["Unable to resolve key 'value' in expression '<% succeeded() and result().value %>' from context."],
  ],
  [
    'orquesta-fail-task-publish',
    {},
    { greeting: null },
    ["Unable to resolve key 'value' in expression '<% result().value %>' from context."],
  ],
  ['orquesta-test-yaql-task-nonexistent', {}, null, [GONE]],
  ['orquesta-test-jinja-task-nonexistent', {}, null, [GONE]],
  ['orquesta-output-on-error', {}, { progress: 25 }, ['Execution failed. See result for details.']],
  ['orquesta-error-handling-continue', { cmd: 'exit 1' }, { message: '$%#&@#$!!!' }, ['Execution failed.']],
  ['orquesta-remediate-then-fail', {}, null, ['Execution failed.', 'Execution failed.']],
  ['orquesta-test-with-items-failure', {}, null, ['Execution failed.']],
  ['orquesta-task-retry-exhausted', {}, null, ['Execution failed.']],
]

describe('the workflows of examples, run by the platform,', () => {
  it.each(SUCCEEDING)('succeed: %s %j', async (name, parameters, output) => {
    const { status, result } = await run(name, parameters)
    expect([status, result]).toEqual(['succeeded', { output }])
  })

  it.each(FAILING)('fail as they are meant to: %s %j', async (name, parameters, output, texts) => {
    const { status, result } = await run(name, parameters)
    expect([status, result.output]).toEqual(['failed', output])
    const messages = (result.errors ?? []).map(({ message }) => String(message))
    expect(messages).toEqual(texts.map((text) => expect.stringContaining(text) as string))
  })

  it('know where they are asked after', async () => {
    const { id, result } = await run('orquesta-st2-ctx')
    expect(result.output).toEqual({ callback: `${server.api}/v1/executions/${id}` })
  })

  it('carry a large text through', async () => {
    const path = join(files.path, 'large')
    const text = 'fee fi fo fum '.repeat(50_000)
    writeFileSync(path, text)
    const { result } = await run('orquesta-data-flow-large-data', { file_path: path })
    expect(result.output).toEqual({ a5: text, b5: text })
  })

  it('are refused with every mistake that they have', async () => {
    const { status, result } = await run('orquesta-fail-inspection')
    expect([status, result.output]).toEqual(['failed', null])
    expect(result.errors?.map(({ type, spec_path }) => [type, spec_path])).toEqual([
      ['content', 'tasks.task3.action'],
      ['context', 'tasks.task1.input'],
      ['expression', 'tasks.task2.next[0].when'],
      ['syntax', 'tasks.task2.input'],
    ])
    const contents = await run('orquesta-fail-inspection-task-contents')
    expect(contents.result.errors?.map(({ message }) => message)).toEqual([
      'The action reference "echo" is not formatted correctly.',
      'The action "core.echoz" is not registered in the database.',
      'Action "core.echo" is missing required input "message".',
      'Action "core.echo" has unexpected input "messages".',
    ])
  })

  it.each([
    ['orquesta-test-cancel', 'itself'],
    ['orquesta-test-cancel-subworkflow', 'itself'],
    ['orquesta-test-cancel-subworkflow', 'what is below'],
    ['orquesta-test-cancel-subworkflows', 'what is below'],
  ])('let what runs come to its end when they are cancelled: %s, by %s', async (name, which) => {
    const tempfile = join(files.path, `${name}-${which === 'itself'}`)
    writeFileSync(tempfile, '')
    const parameters = name.endsWith('s') ? { file1: tempfile, file2: tempfile } : { tempfile, message: 'foobar' }
    const { id } = await admin.run(`examples.${name}`, parameters)
    const below = (): Promise<ShownExecution[]> => admin.get(`/executions/${id}/children`)
    const commands = (all: readonly ShownExecution[]): ShownExecution[] =>
      all.filter(({ action: { ref } }) => ref === 'core.local')
    const count = name.endsWith('s') ? 2 : 1
    await until('its commands run', async () => {
      const running = commands(await below()).filter(({ status }) => status === 'running')
      return running.length === count
    })
    const workflows = (await below()).filter(({ action: { ref } }) => ref !== 'core.local').map((one) => one.id)
    await admin.ask('DELETE', `/executions/${which === 'itself' ? id : workflows[0]}`)
    for (const one of [id, ...workflows]) await admin.reaches(one, 'canceling')
    rmSync(tempfile)
    for (const one of [id, ...workflows]) expect((await admin.finished(one)).status).toBe('canceled')
    expect(commands(await below()).map(({ status }) => status)).toEqual(
      Array.from({ length: count }, () => 'succeeded'),
    )
  })

  it.each([
    ['data_jinja_filter', ['13', 'fee: fi']],
    ['regex_jinja_filter', ['True', 'wyz', 'True']],
    ['time_jinja_filter', ['3h25m45s']],
    ['version_jinja_filter', ['True', '1.11.0']],
  ])('have chains for filters: %s', async (name, printed) => {
    const { status, result } = await run(name)
    expect(status).toBe('succeeded')
    const tasks = (result as unknown as { tasks: { result: { stdout: unknown } }[] }).tasks
    expect(tasks.map((task) => String(task.result.stdout))).toEqual(printed)
  })
})
