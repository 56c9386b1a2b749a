import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, type TestApi } from './support/api.ts'
import { ADMIN, ADMIN_PASSWORD, signal, startServer, type TestServer } from './support/server.ts'
import { until } from './support/until.ts'

const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi

beforeAll(async () => {
  server = stack.use(await startServer({ env: { ST2_GARBAGECOLLECTOR__SLEEP_DELAY: '0' } }))
  admin = await api(server)
})

afterAll(() => stack.disposeAsync())

function run(name: string, ...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = fileURLToPath(new URL(`../../../bin/${name}`, import.meta.url))
  const env = { ...process.env, ST2_API_URL: server.api, ST2_AUTH_TOKEN: admin.token }
  return new Promise((resolve) => {
    execFile(command, args, { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    )
  })
}

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString()

async function statuses(): Promise<unknown[]> {
  const { body } = await admin.ask('GET', '/executions?include_attributes=status')
  return Array.isArray(body) ? body.map((execution: { status: string }) => execution.status) : []
}

describe('the st2-purge commands', () => {
  it('remove executions that are older, those that have not ended only when told to', async () => {
    for (let count = 0; count < 3; count++) await admin.ask('POST', '/executions', { body: { action: 'core.noop' } })
    await admin.ask('POST', '/executions', { body: { action: 'core.noop', delay: 600_000 } })
    await until('all have run', async () => (await statuses()).filter((status) => status === 'succeeded').length === 3)
    expect(await run('st2-purge-executions', '--timestamp', '2020-01-01T00:00:00.000000Z')).toMatchObject({
      code: 0,
      stdout: 'Removed 0 executions.\n',
    })
    expect(await run('st2-purge-executions', '--timestamp', inAnHour(), '--action-ref', 'core.local')).toMatchObject({
      stdout: 'Removed 0 executions.\n',
    })
    expect(await run('st2-purge-executions', '--timestamp', inAnHour())).toEqual({
      code: 0,
      stdout: 'Removed 3 executions.\n',
      stderr: '',
    })
    expect(await statuses()).toEqual(['delayed'])
    expect(await run('st2-purge-executions', '--timestamp', inAnHour(), '--purge-incomplete')).toMatchObject({
      stdout: 'Removed 1 executions.\n',
    })
    expect(await statuses()).toEqual([])
  })

  it('remove trigger instances and rule enforcements', async () => {
    const trigger = 'core.st2.generic.actiontrigger'
    await until('all ends are told', async () => {
      const { body } = await admin.ask('GET', `/triggerinstances?trigger=${trigger}`)
      return Array.isArray(body) && body.length === 3
    })
    const ended = await run('st2-purge-trigger-instances', '--timestamp', inAnHour())
    expect(ended).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Removed ([3-9]|\d\d+) trigger-instances\.\n$/),
    })
    expect((await admin.ask('GET', `/triggerinstances?trigger=${trigger}`)).body).toEqual([])
    expect(await run('st2-purge-rule-enforcements', '--timestamp', inAnHour())).toMatchObject({
      stdout: 'Removed 0 rule-enforcements.\n',
    })
  })

  it('fail with the reason', async () => {
    expect(await run('st2-purge-tokens')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('st2-purge-tokens: Please supply a timestamp for purging models. Aborting.'),
    })
    expect(await run('st2-purge-tokens', '--timestamp', 'yesterday')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('timestamp: "yesterday" is no time like'),
    })
  })
})

describe('the garbage collector', () => {
  it('begins a round at SIGUSR2', async () => {
    const authorization = `Basic ${Buffer.from(`${ADMIN}:${ADMIN_PASSWORD}`).toString('base64')}`
    await admin.ask('POST', '/auth/v1/tokens', { body: { ttl: 1 }, headers: { authorization } })
    await until('the expired token is collected', () => {
      signal(server.pid, 'SIGUSR2')
      return server.stderr.includes('"kind":"tokens"')
    })
    expect(await statuses()).toEqual([])
  })

  it('refuses to start with a time to live below a day', async () => {
    const started = startServer({ env: { ST2_GARBAGECOLLECTOR__ACTION_EXECUTIONS_TTL: '-1' } })
    await expect(started).rejects.toThrow('Minimum possible TTL for action_executions_ttl in days is 1')
  })
})
