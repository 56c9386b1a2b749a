import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, type ShownExecution, type TestApi } from '../support/api.ts'
import { type CommandLine, loggedIn, officialClient, ourClient } from '../support/command-line.ts'
import { type HttpTarget, startHttpTarget } from '../support/http-target.ts'
import { isAlive } from '../support/processes.ts'
import { ADMIN, ADMIN_PASSWORD, startServer, temporaryFolder, type TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'

const stack = new AsyncDisposableStack()
let folder: string
let server: TestServer
let admin: TestApi
let st2: CommandLine
let target: HttpTarget

beforeAll(async () => {
  folder = stack.use(temporaryFolder()).path
  target = stack.use(await startHttpTarget())
  server = stack.use(await startServer())
  admin = await api(server)
  st2 = await loggedIn(officialClient(server, folder))
})

afterAll(() => stack.disposeAsync())

async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await st2.run(...args, '-j')
  if (code > 1) throw new Error(`st2 ${args.join(' ')}: exit code ${code}: ${stderr}${stdout}`)
  return JSON.parse(stdout) as T
}

describe('the official client, unmodified,', () => {
  it('refuses a wrong password and prints a token for the right one', async () => {
    const wrong = await st2.run('auth', ADMIN, '-p', 'wrong')
    expect(wrong.code).not.toBe(0)
    const right = await st2.run('auth', ADMIN, '-p', ADMIN_PASSWORD, '-t')
    expect([right.code, right.stdout.trim()]).toEqual([0, expect.stringMatching(/^[0-9a-f]{32}$/)])
  })

  it('knows who it is', async () => {
    const { code, stdout } = await st2.run('whoami')
    expect([code, stdout]).toEqual([0, expect.stringContaining(ADMIN)])
  })

  it('runs a command that fails: exit code 1, return_code 3', async () => {
    const { code, stdout } = await st2.run('run', '-j', 'core.local', 'cmd=echo 4711; exit 3')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'failed',
      result: { return_code: 3, stdout: 4711, failed: true, succeeded: false },
    })
  })

  it('sees a timeout, and nothing of the command is left 3 s later', async () => {
    const file = join(folder, 'pid')
    const { code, stdout } = await st2.run(
      'run',
      '-j',
      'core.local',
      'timeout=1',
      `cmd=sleep 300 & echo $! | tee ${file}; wait`,
    )
    // Its exit code is 1 for failed executions only.
    expect([code, (JSON.parse(stdout) as ShownExecution).status]).toEqual([0, 'timeout'])
    await until('the process is gone', () => !isAlive(Number(readFileSync(file, 'utf8'))), 3000)
  })

  it('runs core.http, core.echo and core.noop', async () => {
    const http = await json<ShownExecution>('run', 'core.http', `url=${target.url}/index.json`)
    expect(http).toMatchObject({ status: 'succeeded', result: { status_code: 200, body: { b: 'text' } } })
    const echo = await json<ShownExecution>('run', 'core.echo', 'message=some words')
    expect(echo).toMatchObject({ status: 'succeeded', result: { stdout: 'some words' } })
    const noop = await json<ShownExecution>('run', 'core.noop')
    expect(noop.status).toBe('succeeded')
  })

  it('runs without waiting, and follows what was started', async () => {
    const started = await st2.run('run', '-a', 'core.local', 'cmd=echo line1; sleep 1; echo line2')
    expect(started.code).toBe(0)
    const id = /st2 execution get ([0-9a-f]{24})/.exec(started.stdout)?.[1] ?? ''
    const tail = await st2.run('execution', 'tail', id)
    expect(tail.code).toBe(0)
    // Of a running execution this client shows what comes from then on, so line1 may be missing.
    expect(tail.stdout).toContain('line2')
    expect(tail.stdout).toContain(`Execution ${id} has completed (status=succeeded).`)
    const execution = await json<ShownExecution>('execution', 'get', id)
    expect(execution).toMatchObject({ id, status: 'succeeded' })
    const text = await st2.run('execution', 'get', id)
    expect(text.stdout).toMatch(/stdout: 'line1\n {4}line2'/)
  })

  it('follows a run from its start', async () => {
    const { code, stdout } = await st2.run(
      'run',
      '--tail',
      'core.local',
      'cmd=for i in 1 2; do echo line$i; sleep 0.3; done',
    )
    expect(code).toBe(0)
    expect(stdout).toContain('line1')
    expect(stdout).toContain('line2')
  })

  it('cancels', async () => {
    const file = join(folder, 'started')
    const { id } = await admin.run('core.local', { cmd: `touch ${file}; sleep 300` })
    await until('it runs', () => existsSync(file))
    expect((await st2.run('execution', 'cancel', id)).code).toBe(0)
    expect((await admin.finished(id)).status).toBe('canceled')
  })

  it('runs again, with other parameters', async () => {
    const { id } = await admin.run('core.local', { cmd: 'echo first' })
    await admin.finished(id)
    const again = await json<ShownExecution>('execution', 're-run', id, 'cmd=echo second')
    expect(again).toMatchObject({ status: 'succeeded', result: { stdout: 'second' } })
  })

  it('lists and gets executions', async () => {
    const rows = await json<{ id: string }[]>('execution', 'list', '-n', '3')
    expect(rows).toHaveLength(3)
    const failed = await json<{ status: string }[]>('execution', 'list', '--status', 'failed')
    expect(failed.every(({ status }) => status.startsWith('failed'))).toBe(true)
    const missing = await st2.run('execution', 'get', '5f0000000000000000000000')
    expect(missing.code).toBe(1)
    expect(missing.stdout + missing.stderr).toContain('not found')
  })

  it('lists and gets actions and runners', async () => {
    const actions = await json<{ ref: string }[]>('action', 'list', '-p', 'core')
    expect(actions.map(({ ref }) => ref)).toContain('core.local')
    expect(await json('action', 'get', 'core.local')).toMatchObject({
      ref: 'core.local',
      runner_type: 'local-shell-cmd',
    })
    expect((await st2.run('action', 'get', 'core.nope')).code).toBe(1)
    const runners = await json<{ name: string }[]>('runner', 'list')
    expect(runners.map(({ name }) => name)).toContain('noop')
    expect(await json('pack', 'get', 'core')).toMatchObject({ name: 'core' })
  })

  it('shows what an action takes', async () => {
    const { code, stdout } = await st2.run('run', 'core.local', '-h')
    expect(code).toBe(0)
    expect(stdout).toContain('Required Parameters:')
    expect(stdout).toContain('cmd')
    expect(stdout).toContain('timeout')
  })

  it('speaks YAML', async () => {
    const { stdout } = await st2.run('run', '-y', 'core.local', 'cmd=echo hi')
    expect(stdout).toMatch(/^\s*stdout: hi$/m)
  })

  it('is refused without a login', async () => {
    const stranger = officialClient(server, join(folder, 'stranger'))
    const { code, stdout, stderr } = await stranger.run('action', 'list', '-p', 'core')
    expect(code).toBe(1)
    expect(stdout + stderr).toContain('401')
  })
})

/** How each kind is made from a file, and what names it afterwards. */
const KINDS: readonly (readonly [group: string, key: string, definition: Record<string, unknown>])[] = [
  [
    'rule',
    'default.official',
    {
      name: 'official',
      pack: 'default',
      trigger: { type: 'core.st2.webhook', parameters: { url: 'official' } },
      action: { ref: 'core.noop' },
    },
  ],
  ['trigger', 'default.official', { name: 'official', pack: 'default', payload_schema: { type: 'object' } }],
  [
    'policy',
    'default.official',
    {
      name: 'official',
      pack: 'default',
      resource_ref: 'core.noop',
      policy_type: 'action.concurrency',
      parameters: { threshold: 5 },
    },
  ],
  [
    'action-alias',
    'official',
    { name: 'official', pack: 'default', action_ref: 'core.local', formats: ['official {{cmd}}'] },
  ],
]

describe('the official client makes, changes and removes', () => {
  it.each(KINDS)('%s %s', async (group, key, definition) => {
    const file = join(folder, `${group}.json`)
    writeFileSync(file, JSON.stringify(definition))
    const made = await json<{ id: string }>(group, 'create', file)
    expect(made).toMatchObject(definition)
    writeFileSync(file, JSON.stringify({ ...definition, description: 'Changed.' }))
    expect(await json(group, 'update', key, file)).toMatchObject({ id: made.id, description: 'Changed.' })
    const removed = await st2.run(group, 'delete', key)
    expect([removed.code, removed.stdout]).toEqual([0, `Resource with id "${key}" has been successfully deleted.\n`])
    expect((await st2.run(group, 'get', key)).code).not.toBe(0)
  })

  it('the state of a sensor and of a rule', async () => {
    for (const enabled of [false, true]) {
      const verb = enabled ? 'enable' : 'disable'
      expect(await json('sensor', verb, 'linux.FileWatchSensor')).toMatchObject({ enabled })
    }
    const body = { ...KINDS[0]?.[2], name: 'switched', enabled: true }
    expect((await admin.ask('POST', '/rules', { body })).status).toBe(201)
    for (const enabled of [false, true]) {
      expect(await json('rule', enabled ? 'enable' : 'disable', 'default.switched')).toMatchObject({ enabled })
    }
  })
})

describe.each(['official', 'bin/st2'])('an action that the command line keeps: %s', (client) => {
  const name = client === 'official' ? 'kept' : 'held'
  const inPack = (file: string): string => join(server.dataDir, 'packs/default/actions', file)
  let command: CommandLine

  beforeAll(async () => {
    command = client === 'official' ? st2 : await loggedIn(ourClient(server, folder))
  })

  function written(text: string): string {
    const path = join(folder, `${name}.yaml`)
    const metadata = `name: ${name}\npack: default\nrunner_type: local-shell-script\nentry_point: ${name}.sh\ndescription: ${text}\n`
    const data_files = [
      { file_path: `${name}.sh`, content: `echo ${text}\n` },
      { file_path: `${name}.meta.yaml`, content: metadata },
    ]
    writeFileSync(
      path,
      `${metadata}metadata_file: actions/${name}.meta.yaml\ndata_files: ${JSON.stringify(data_files)}\n`,
    )
    return path
  }

  async function shown(...args: string[]): Promise<{ id: string; ref: string; description?: string }> {
    const { code, stdout, stderr } = await command.run(...args, '-j')
    expect([code, stderr]).toEqual([0, ''])
    return JSON.parse(stdout)
  }

  async function said(ref: string): Promise<unknown> {
    return (await admin.finished((await admin.run(ref)).id)).result
  }

  it('is created with its files, runs, and is what a registration finds', async () => {
    expect(await shown('action', 'create', written('first'))).toMatchObject({ ref: `default.${name}` })
    expect(readFileSync(inPack(`${name}.sh`), 'utf8')).toBe('echo first\n')
    expect(await said(`default.${name}`)).toMatchObject({ stdout: 'first' })
    const before = await shown('action', 'get', `default.${name}`)
    await admin.ask('POST', '/packs/register', { body: { packs: ['default'], types: ['action'] } })
    expect(await shown('action', 'get', `default.${name}`)).toMatchObject({ id: before.id, description: 'first' })
  })

  it('cannot be created twice', async () => {
    const { code, stdout } = await command.run('action', 'create', written('other'))
    expect([code, stdout]).toEqual([2, expect.stringContaining('Tried to save duplicate unique keys')])
    expect(readFileSync(inPack(`${name}.sh`), 'utf8')).toBe('echo first\n')
  })

  it('is updated with its files', async () => {
    expect(await shown('action', 'update', `default.${name}`, written('second'))).toMatchObject({
      description: 'second',
    })
    expect(await said(`default.${name}`)).toMatchObject({ stdout: 'second' })
  })

  it('is cloned, over another one only when told to', async () => {
    const copy = `${name}_copy`
    const clone = (...more: string[]) => command.run('action', 'clone', `default.${name}`, 'default', copy, ...more)
    expect((await clone()).stdout).toContain(`default.${copy}`)
    expect(await said(`default.${copy}`)).toMatchObject({ stdout: 'second' })
    await shown('action', 'update', `default.${name}`, written('third'))
    expect((await clone('-f')).stdout).toContain(`default.${copy}`)
    expect(await said(`default.${copy}`)).toMatchObject({ stdout: 'third' })
    const system = await command.run('action', 'clone', `default.${name}`, 'core', copy)
    expect([system.code, system.stdout]).toEqual([0, expect.stringContaining('ERROR: ')])
  })

  it('is switched off and on without losing anything', async () => {
    expect(await shown('action', 'disable', `default.${name}`)).toMatchObject({ enabled: false, description: 'third' })
    expect(await shown('action', 'enable', `default.${name}`)).toMatchObject({ enabled: true })
    expect(await said(`default.${name}`)).toMatchObject({ stdout: 'third' })
  })

  it('is deleted with its files, or without', async () => {
    expect((await command.run('action', 'delete', `default.${name}_copy`)).code).toBe(0)
    expect(existsSync(inPack(`${name}_copy.sh`))).toBe(true)
    expect((await command.run('action', 'delete', `default.${name}`, '-r')).code).toBe(0)
    expect([existsSync(inPack(`${name}.sh`)), existsSync(inPack(`${name}.meta.yaml`))]).toEqual([false, false])
    const again = await command.run('action', 'delete', `default.${name}`, '-r')
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('is not found')])
  })
})
