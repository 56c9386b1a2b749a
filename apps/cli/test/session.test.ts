import { describe, expect, it } from 'vitest'
import { type RecordedAnswer, serveRecorded } from './recorded-server.ts'
import { runCli } from './run-cli.ts'

const TOKEN = {
  id: '1',
  user: 'anna',
  token: 'fresh-token-0123456789abcdef',
  expiry: '2126-11-25T19:00:00.000000Z',
  metadata: {},
  service: false,
}
const DOCUMENTS = { token: TOKEN, empty: [], fault: { faultstring: 'Unauthorized' }, one: [{ ref: 'a.b', pack: 'a' }] }
const LOGIN: RecordedAnswer = { method: 'POST', path: '/tokens', status: 201, body: 'token' }
const CONFIG = '[credentials]\nusername = anna\npassword = open-sesame\n'

function actions(body: string, status = 200): RecordedAnswer {
  return { method: 'GET', path: '/v1/actions', status, body }
}

describe('credentials', () => {
  it('logs in again, once, when the server no longer knows the cached token', async () => {
    await using server = await serveRecorded([LOGIN, actions('fault', 401), actions('one')], DOCUMENTS)
    const { port } = server
    const cached = { 'token-anna': JSON.stringify({ token: 'stale', expire_timestamp: 4_000_000_000 }) }
    const run = await runCli(['action', 'list', '-j'], { port, config: CONFIG, cached })
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('"ref": "a.b"') })
    expect(server.requests.map((request) => request.path)).toEqual(['/v1/actions', '/tokens', '/v1/actions'])
    expect(run.files['token-anna']).toEqual({
      mode: '0o660',
      text: `{"token": "${TOKEN.token}", "expire_timestamp": 4951306800}`,
    })
  })

  it('reports the 401 of a token it did not take from the cache', async () => {
    await using server = await serveRecorded([LOGIN, actions('fault', 401)], DOCUMENTS)
    const run = await runCli(['action', 'list', '-t', 'given'], { port: server.port, config: CONFIG })
    expect(run).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('ERROR: 401 Client Error: Unauthorized') })
    expect(server.requests.map((request) => request.path)).toEqual(['/v1/actions'])
  })

  it('replaces a cached token that has expired', async () => {
    await using server = await serveRecorded([LOGIN, actions('one')], DOCUMENTS)
    const cached = { 'token-anna': JSON.stringify({ token: 'old', expire_timestamp: 1_000 }) }
    const run = await runCli(['action', 'list'], { port: server.port, config: CONFIG, cached })
    expect(run.exitCode).toBe(0)
    expect(server.requests.map((request) => request.path)).toEqual(['/tokens', '/v1/actions'])
  })

  it('refuses a cached token that cannot be read', async () => {
    await using server = await serveRecorded([LOGIN, actions('one')], DOCUMENTS)
    const run = await runCli(['action', 'list'], {
      port: server.port,
      config: CONFIG,
      cached: { 'token-anna': 'no JSON' },
    })
    expect(run).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(/ERROR: File ".*token-anna" with cached token is corrupted or invalid/),
    })
    expect(server.requests).toEqual([])
  })

  it('ignores the file and its credentials with --skip-config', async () => {
    await using server = await serveRecorded([LOGIN, actions('one')], DOCUMENTS)
    await runCli(['--skip-config', 'action', 'list'], { port: server.port, config: CONFIG })
    expect(server.requests.map((request) => request.path)).toEqual(['/v1/actions'])
  })
})

describe('--debug', () => {
  it('shows requests and answers without a single secret', async () => {
    await using server = await serveRecorded([LOGIN, actions('one')], DOCUMENTS)
    const argv = ['--debug', '--basic-auth', 'proxy:proxy-secret', 'action', 'list', '--api-key', 'key-0123456789']
    const run = await runCli(argv, {
      port: server.port,
      config: CONFIG,
      env: { ST2_AUTH_TOKEN: 'token-in-environment' },
    })
    expect(run.stdout).toContain(
      "curl -X GET -H 'authorization: ********' -H 'st2-api-key: ********' -H 'x-auth-token: ********'",
    )
    const login = await runCli(['--debug', 'action', 'list'], { port: server.port, config: CONFIG })
    expect(login.stdout).toContain('"token":"********"')
    const secrets = ['proxy-secret', 'key-0123456789', 'token-in-environment', TOKEN.token, 'open-sesame']
    for (const secret of secrets) expect(run.stdout + login.stdout + run.stderr + login.stderr).not.toContain(secret)
  })
})

it('tells with --debug where it looked when something fails, and nothing else', async () => {
  const env = { HTTPS_PROXY: 'http://user:proxy-password@proxy:3128', NO_PROXY: '*' }
  const run = await runCli(['--debug', 'action', 'list', '-t', 'token-of-the-command-line'], { port: 1, env })
  expect(run.exitCode).toBe(1)
  expect(run.stdout).toContain('ST2_API_URL: http://127.0.0.1:PORT/v1\n')
  expect(run.stdout).toContain('HTTPS_PROXY: http://********@proxy:3128\n')
  expect(run.stdout).not.toMatch(/proxy-password|token-of-the-command-line|0123456789abcdef/)
})

describe('where the services are', () => {
  it('prefers the command line, then the file, then the environment', async () => {
    await using server = await serveRecorded([actions('one')], DOCUMENTS)
    const url = `http://127.0.0.1:${server.port}/v1`
    const nowhere = 'http://127.0.0.1:1/v1'
    const config = `[api]\nurl = ${url}\n`
    const fromFile = await runCli(['action', 'list'], { port: 1, config, env: { ST2_API_URL: nowhere } })
    expect(fromFile.exitCode).toBe(0)
    const fromWords = await runCli(['--api-url', url, 'action', 'list'], {
      port: 1,
      config: `[api]\nurl = ${nowhere}\n`,
    })
    expect(fromWords.exitCode).toBe(0)
  })
})
