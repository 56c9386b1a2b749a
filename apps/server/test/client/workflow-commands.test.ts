import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, type ShownExecution, type TestApi } from '../support/api.ts'
import { type CommandLine, loggedIn, officialClient, ourClient } from '../support/command-line.ts'
import { startServer, temporaryFolder, type TestServer } from '../support/server.ts'

const EXAMPLES = fileURLToPath(new URL('../../../../packs/examples', import.meta.url))
const stack = new AsyncDisposableStack()
let folder: string
let server: TestServer
let admin: TestApi
let official: CommandLine
let ours: CommandLine

beforeAll(async () => {
  folder = stack.use(temporaryFolder()).path
  server = stack.use(await startServer())
  admin = await api(server)
  for (const name of ['official', 'ours']) mkdirSync(join(folder, name))
  official = await loggedIn(officialClient(server, join(folder, 'official')))
  ours = await loggedIn(ourClient(server, join(folder, 'ours')))
}, 90_000)

afterAll(() => stack.disposeAsync())

async function openInquiry(): Promise<{ workflow: string; inquiry: string }> {
  const { id } = await admin.run('examples.orquesta-ask-basic')
  await admin.reaches(id, 'paused')
  const children = await admin.get<ShownExecution[]>(`/executions/${id}/children`)
  return { workflow: id, inquiry: children.find(({ status }) => status === 'pending')?.id ?? '' }
}

describe.each(['official', 'ours'] as const)('the client (%s)', (which) => {
  const st2 = (): CommandLine => (which === 'official' ? official : ours)

  it('lists, shows and answers inquiries', async () => {
    const { workflow, inquiry } = await openInquiry()
    const listed = await st2().run('inquiry', 'list', '-j')
    expect((JSON.parse(listed.stdout) as { id: string }[]).map(({ id }) => id)).toContain(inquiry)
    const shown = await st2().run('inquiry', 'get', inquiry, '-j')
    expect(JSON.parse(shown.stdout)).toMatchObject({ id: inquiry, route: 'developers', ttl: 1440 })
    const wrong = await st2().run('inquiry', 'respond', inquiry, '-r', '{"approved": "perhaps"}')
    expect([wrong.code, wrong.stdout]).toEqual([1, expect.stringContaining('did not pass schema validation')])
    const right = await st2().run('inquiry', 'respond', inquiry, '-r', '{"approved": true}')
    expect([right.code, right.stdout]).toEqual([0, `\nResponse accepted for inquiry ${inquiry}.\n`])
    expect((await admin.finished(workflow)).status).toBe('succeeded')
  })

  it('runs a workflow and shows its tasks', async () => {
    const { code, stdout } = await st2().run('run', 'examples.orquesta-sequential', 'name=Thanos')
    expect(code).toBe(0)
    expect(stdout).toMatch(/status: succeeded[\s\S]*greeting: Thanos, All your base[\s\S]*\| task3 +\| core\.echo/)
    const id = /^id: (\w+)$/m.exec(stdout)?.[1] ?? ''
    const shown = await st2().run('execution', 'get', id)
    expect(shown.stdout).toMatch(/\| task1 +\| core\.echo[\s\S]*\| task2 +\| core\.echo/)
  })

  it('runs tasks of a workflow again', async () => {
    const file = join(folder, `exit-code-${which}`)
    writeFileSync(file, '1')
    const failed = await st2().run('run', 'examples.orquesta-test-rerun', `tempfile=${file}`)
    expect(failed.code).toBe(1)
    const id = /^id: (\w+)$/m.exec(failed.stdout)?.[1] ?? ''
    writeFileSync(file, '0')
    const again = await st2().run('execution', 're-run', id, '--tasks', 'task1')
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('status: succeeded')])
    const rerun = await admin.execution(/^id: (\w+)$/m.exec(again.stdout)?.[1] ?? '')
    expect(rerun.context['workflow_execution']).toBe((await admin.execution(id)).context['workflow_execution'])
  })

  it('inspects a definition', async () => {
    const good = await st2().run(
      'workflow',
      'inspect',
      '--file',
      join(EXAMPLES, 'actions/workflows/orquesta-basic.yaml'),
    )
    expect([good.code, good.stdout]).toEqual([0, 'No errors found in workflow definition.\n'])
    const file = join(EXAMPLES, 'actions/workflows/tests/orquesta-fail-inspection.yaml')
    const bad = await st2().run('workflow', 'inspect', '--file', file)
    expect([bad.code, bad.stdout]).toEqual([0, expect.stringContaining('spec_path: tasks.task3.action')])
  })

  it('runs what an alias means', async () => {
    const name = `say_${which}`
    const alias = { name, pack: 'default', action_ref: 'core.echo', formats: [`${name} {{message}}`] }
    await admin.ask('POST', '/actionalias', { body: alias })
    const { code, stdout } = await st2().run('action-alias', 'execute', `${name} hello`)
    expect(code).toBe(0)
    expect(stdout).toMatch(
      new RegExp(
        `^Matching Action-alias: 'default\\.${name}'\nTo get the results, execute:\n st2 execution get \\w+\n$`,
      ),
    )
  })
})

describe('our client alone', () => {
  it('shows the tasks of a workflow as they begin and end', async () => {
    const { code, stdout } = await ours.run('run', '--live', 'examples.orquesta-delay', 'delay=1')
    expect(code).toBe(0)
    expect(stdout).toMatch(
      / {2}task1: core\.echo [\s\S]*task1: core\.echo succeeded \(\ds elapsed\)[\s\S]*task2: core\.echo/,
    )
  })

  it('inspects and simulates the definition of an action', async () => {
    const inspected = await ours.run('workflow', 'inspect', '--action', 'examples.orquesta-fail-inspection')
    expect([inspected.code, inspected.stdout]).toEqual([0, expect.stringContaining('std.noop')])
    const plain = await ours.run(
      'workflow',
      'simulate',
      '--action',
      'examples.orquesta-sequential',
      '-i',
      '{"name": "x"}',
    )
    expect(plain.stdout).toContain('task1.0.0 | succeeded')
    const outcomes = '{"task1": {"status": "failed"}}'
    const simulated = await ours.run(
      'workflow',
      'simulate',
      '--action',
      'examples.orquesta-error-handling-noop',
      '-o',
      outcomes,
      '-i',
      '{"cmd": "x", "timeout": 1}',
    )
    expect(simulated.stdout).toContain('status: succeeded')
    expect(simulated.stdout).toContain('message: $%#&@#$!!!')
    expect(simulated.code).toBe(0)
  })

  it('rehearses the test cases of a pack', async () => {
    const { code, stdout } = await ours.run('workflow', 'rehearse', '-p', EXAMPLES, '-d', 'tests/rehearsals')
    expect([code, stdout.split('\n').filter((line) => !line.startsWith('passed '))]).toEqual([0, ['']])
    expect(stdout.split('\n').length).toBeGreaterThan(50)
    writeFileSync(
      join(folder, 'wrong.yaml'),
      'workflow: actions/workflows/orquesta-join.yaml\nexpected_task_sequence: [task1]\n',
    )
    const wrong = await ours.run('workflow', 'rehearse', '-p', EXAMPLES, '-f', join(folder, 'wrong.yaml'))
    expect([wrong.code, wrong.stdout]).toEqual([1, expect.stringContaining('The actual task sequence')])
    const nowhere = await ours.run('workflow', 'rehearse', '-p', EXAMPLES, '-d', 'tests/nothing')
    expect(nowhere.code).not.toBe(0)
    expect(nowhere.stderr + nowhere.stdout).toContain(
      'argument -d/--test-spec-dir: there is no folder "tests/nothing" in ',
    )
    expect(nowhere.stderr + nowhere.stdout).not.toContain('ENOENT')
  })
})
