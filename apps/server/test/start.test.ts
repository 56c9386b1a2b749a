import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { answerOf, api, login } from './support/api.ts'
import {
  ADMIN,
  type FailedStart,
  type Ready,
  startServer,
  startServerInVain,
  temporaryFolder,
} from './support/server.ts'
import { until } from './support/until.ts'

const NOBODY = 65_534

/** The one line that says what is wrong; the exit code says that something is. */
function refusalOf({ code, stderr }: FailedStart): string {
  const [line, ...others] = stderr.split('\n').filter((text) => text !== '' && !isLogLine(text))
  if (code !== 1 || line === undefined || others.length > 0)
    throw new Error(`exit code ${code}, and it said: ${stderr}`)
  return line
}

/** The log, one JSON object a line, is for machines. */
function isLogLine(line: string): boolean {
  return line.startsWith('{"level":30,')
}

async function takePort(): Promise<{ port: number } & AsyncDisposable> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { port, [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())) }
}

describe('a server does not start, with one clear line and exit code 1,', () => {
  it('when its port is taken', async () => {
    await using taken = await takePort()
    const failed = await startServerInVain({ args: ['--port', String(taken.port)] })
    expect(refusalOf(failed)).toMatch(new RegExp(`Port ${taken.port} on 127\\.0\\.0\\.1 is taken`))
  })

  it('when its data folder may not be written', async () => {
    using folder = temporaryFolder()
    const dataDir = join(folder.path, 'data')
    mkdirSync(dataDir)
    chmodSync(folder.path, 0o755)
    chmodSync(dataDir, 0o555)
    // Root may write anywhere.
    const isRoot = process.getuid?.() === 0
    const wrapper = isRoot ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : []
    const failed = await startServerInVain({ dataDir, wrapper })
    expect(refusalOf(failed)).toMatch(/data folder .* is not writable/)
  })

  it('when its data folder is a file', async () => {
    using folder = temporaryFolder()
    const dataDir = join(folder.path, 'data')
    writeFileSync(dataDir, '')
    expect(refusalOf(await startServerInVain({ dataDir }))).toMatch(/is not a folder/)
  })

  it('when another server uses its data folder, which goes on', async () => {
    await using server = await startServer()
    const failed = await startServerInVain({ dataDir: server.dataDir })
    expect(refusalOf(failed)).toMatch(new RegExp(`in use by another server \\(pid ${server.pid}\\)`))
    const admin = await api(server)
    expect((await admin.finished((await admin.run('core.noop')).id)).status).toBe('succeeded')
  })

  it('when its data folder was written by a newer version, and leaves it as it is', async () => {
    using folder = temporaryFolder()
    const dataDir = join(folder.path, 'data')
    {
      await using server = await startServer({ dataDir })
      await server.stop()
    }
    const store = new DatabaseSync(join(dataDir, 'st2.sqlite'))
    store.exec(`update meta set value = '9999' where key = 'schema_version'`)
    store.close()
    const before = readFileSync(join(dataDir, 'st2.sqlite'))
    expect(refusalOf(await startServerInVain({ dataDir }))).toMatch(/written by a newer version/)
    expect(readFileSync(join(dataDir, 'st2.sqlite')).equals(before)).toBe(true)
  })

  it.each([
    ['[api\nport = 1\n', /st2\.conf/],
    ['[api]\nmax_page_size = many\n', /api.*max_page_size|max_page_size.*api/],
    ['[rbac]\nenable = True\n', /rbac.*not supported yet/],
    ['[database]\nhost = db.example\n', /\[messaging\] url and \[coordination\] url must be set too/],
  ])('when its configuration is broken: %j', async (text, message) => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'st2.conf')
    writeFileSync(file, text)
    expect(refusalOf(await startServerInVain({ args: ['--config-file', file] }))).toMatch(message)
  })

  it('when the configuration file is missing', async () => {
    expect(refusalOf(await startServerInVain({ args: ['--config-file', '/nowhere/st2.conf'] }))).toMatch(
      /\/nowhere\/st2\.conf/,
    )
  })

  it('when an argument is wrong, and tells where help is', async () => {
    for (const args of [['--port', 'x'], ['--frob'], ['--services', 'frob']]) {
      const failed = await startServerInVain({ args })
      expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining("Try 'st2-server --help'.") })
    }
  })
})

describe('a server that starts', () => {
  it('listens on the ports where clients look, and costs a warning for one that is taken', async () => {
    await using taken = await takePort()
    await using free = new AsyncDisposableStack()
    const ports = await Promise.all([takePort(), takePort()])
    for (const port of ports) free.use(port)
    const [auth, api_] = ports.map(({ port }) => port)
    await free.disposeAsync()
    using folder = temporaryFolder()
    const file = join(folder.path, 'st2.conf')
    writeFileSync(file, `[auth]\nport = ${auth}\n[api]\nport = ${api_}\n[stream]\nport = ${taken.port}\n`)
    await using server = await startServer({ args: ['--config-file', file], directPorts: 'open' })
    expect(server.stderr).toMatch(new RegExp(`"level":40.*Port ${taken.port} on 127\\.0\\.0\\.1 is taken`))
    const authorization = `Basic ${Buffer.from(`${ADMIN}:Ch@ngeMe`).toString('base64')}`
    for (const path of ['/tokens', '/v1/tokens', '/tokens/']) {
      const answer = await answerOf(
        await fetch(`http://127.0.0.1:${auth}${path}`, { method: 'POST', headers: { authorization } }),
      )
      expect([path, answer.status]).toEqual([path, 201])
      const headers = { 'x-auth-token': (answer.body as { token: string }).token }
      for (const address of ['/v1/actions', '/actions', '/v1/', '/executions/?limit=1']) {
        const { status } = await fetch(`http://127.0.0.1:${api_}${address}`, { headers })
        expect([address, status]).toEqual([address, 200])
      }
      expect((await fetch(`http://127.0.0.1:${api_}/tokens`, { method: 'POST', headers })).status).toBe(404)
    }
  })

  it('tells where it is, and takes its word back when it stops', async () => {
    using folder = temporaryFolder()
    const readyFile = join(folder.path, 'here.json')
    await using server = await startServer({ readyFile })
    const ready = JSON.parse(readFileSync(readyFile, 'utf8')) as Ready
    expect(ready).toEqual({
      url: server.url,
      api: `${server.url}/api`,
      auth: `${server.url}/auth`,
      stream: `${server.url}/stream`,
      pid: server.pid,
    })
    expect(await server.stop()).toBe(0)
    expect(() => statSync(readyFile)).toThrow(/ENOENT/)
  })

  it('makes a password for the first admin, once, and keeps only its hash', async () => {
    using folder = temporaryFolder()
    const dataDir = join(folder.path, 'data')
    let password: string
    {
      await using server = await startServer({ dataDir, env: { ST2_ADMIN_PASSWORD: '' } })
      // The ready file is there a moment before the greeting is read.
      await until('the password is told', () => /password\s+\S+/.test(server.stdout))
      password = /password\s+(\S+)/.exec(server.stdout)?.[1] ?? ''
      expect(password.length).toBeGreaterThan(16)
      expect((await login(server, ADMIN, password)).user).toBe(ADMIN)
    }
    expect(readFileSync(join(dataDir, 'htpasswd'), 'utf8')).not.toContain(password)
    expect(statSync(join(dataDir, 'htpasswd')).mode & 0o077).toBe(0)
    expect(statSync(dataDir).mode & 0o077).toBe(0)
    await using again = await startServer({ dataDir, env: { ST2_ADMIN_PASSWORD: '' } })
    expect(again.stdout).not.toContain('password')
    expect((await login(again, ADMIN, password)).user).toBe(ADMIN)
  })

  it('logs one JSON object a line', async () => {
    await using server = await startServer()
    const admin = await api(server)
    await admin.finished((await admin.run('core.noop')).id)
    await server.stop()
    const lines = server.stderr.split('\n').filter((line) => line !== '')
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('level')
    expect(server.stderr).not.toContain(admin.token)
  })
})
