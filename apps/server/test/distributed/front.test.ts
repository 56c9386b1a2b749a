import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { freePort } from '@st2/test-servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, type TestApi } from '../support/api.ts'
import { startServer, temporaryFolder, type TestServer } from '../support/server.ts'
import { TestSocket } from '../support/socket-client.ts'
import { until } from '../support/until.ts'

const REPOSITORY = join(import.meta.dirname, '../../../..')
const PAGE = '<!doctype html><title>WebUI</title>'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** nginx as the reference deployment has it, before a server's own ports. */
describe('the front', () => {
  const stack = new AsyncDisposableStack()
  let server: TestServer
  let admin: TestApi
  let ports: { api: number; auth: number; stream: number; http: number; https: number }
  let certificate: Buffer
  let accessLog: string

  beforeAll(async () => {
    const folder = stack.use(temporaryFolder()).path
    ports = {
      api: await freePort(),
      auth: await freePort(),
      stream: await freePort(),
      http: await freePort(),
      https: await freePort(),
    }
    accessLog = join(folder, 'access.log')
    // nginx reads as another user when it is started by root.
    chmodSync(folder, 0o755)
    const conf = join(folder, 'st2.conf')
    writeFileSync(
      conf,
      (['api', 'auth', 'stream'] as const).map((name) => `[${name}]\nport = ${ports[name]}\n`).join(''),
    )
    server = stack.use(await startServer({ args: ['--config-file', conf], directPorts: 'open' }))
    admin = await api(server)
    const webui = join(folder, 'webui')
    mkdirSync(join(webui, 'assets'), { recursive: true })
    writeFileSync(join(webui, 'index.html'), PAGE)
    writeFileSync(join(webui, 'assets/app-1234.js'), 'export {}')
    const made = spawnSync('sh', [join(REPOSITORY, 'nginx/make-certificate.sh'), folder, 'localhost', '127.0.0.1'])
    if (made.status !== 0) throw new Error(made.stderr.toString())
    certificate = readFileSync(join(folder, 'st2.crt'))
    stack.use(await startNginx(folder, webui))
  })
  afterAll(() => stack.disposeAsync())

  async function startNginx(folder: string, webui: string): Promise<AsyncDisposable> {
    const settings = {
      daemon: false,
      runFolder: folder,
      logFolder: folder,
      webuiFolder: webui,
      certificate: join(folder, 'st2.crt'),
      certificateKey: join(folder, 'st2.key'),
      api: [`127.0.0.1:${ports.api}`],
      auth: [`127.0.0.1:${ports.auth}`],
      stream: [`127.0.0.1:${ports.stream}`],
      httpListen: `127.0.0.1:${ports.http}`,
      httpsListen: `127.0.0.1:${ports.https}`,
      httpsPort: ports.https,
    }
    writeFileSync(join(folder, 'front.json'), JSON.stringify(settings))
    const rendered = spawnSync(process.execPath, [
      join(REPOSITORY, 'nginx/render-conf.mjs'),
      join(folder, 'front.json'),
    ])
    if (rendered.status !== 0) throw new Error(rendered.stderr.toString())
    writeFileSync(join(folder, 'nginx.conf'), rendered.stdout)
    const path = `${process.env['PATH'] ?? ''}:/usr/sbin`
    const child: ChildProcess = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
      stdio: 'ignore',
      env: { ...process.env, PATH: path },
    })
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    await until('nginx answers', () =>
      ask('GET', '/').then(
        () => true,
        () => null,
      ),
    )
    return {
      [Symbol.asyncDispose]: async () => {
        child.kill('SIGQUIT')
        await ended
      },
    }
  }

  function ask(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port: ports.https,
        ca: certificate,
        servername: 'localhost',
        method,
        path,
        headers,
      }
      const sent = request(options, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
        response.on('error', reject)
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }

  const token = () => ({ 'x-auth-token': admin.token })

  it('sends HTTP to HTTPS', async () => {
    const answer = await fetch(`http://127.0.0.1:${ports.http}/history?x=1`, { redirect: 'manual' })
    expect(answer.status).toBe(308)
    expect(answer.headers.get('location')).toBe(`https://127.0.0.1:${ports.https}/history?x=1`)
  })

  it('serves the WebUI with its headers, and what never changes for ever', async () => {
    const page = await ask('GET', '/')
    expect(page).toMatchObject({ status: 200, text: PAGE })
    expect(page.headers['cache-control']).toBe('no-cache')
    expect(page.headers['content-security-policy']).toContain("script-src 'self'")
    expect(page.headers['content-security-policy']).not.toContain('unsafe-inline')
    expect(page.headers['strict-transport-security']).toMatch(/^max-age=\d+$/)
    expect(page.headers['x-content-type-options']).toBe('nosniff')
    const asset = await ask('GET', '/assets/app-1234.js')
    expect(asset.headers['cache-control']).toContain('immutable')
    expect((await ask('GET', '/../st2.key')).status).toBe(400)
  })

  it('leads to the services, their prefix taken off and the rest as it was asked for', async () => {
    expect(await ask('GET', '/api/v1/actions/core.local', token())).toMatchObject({ status: 200 })
    expect(await ask('GET', '/api/actions/core.local', token())).toMatchObject({ status: 200 })
    expect((await ask('GET', '/api/v1/keys/a%2Fb', token())).status).toBe(404)
    expect((await ask('GET', '/api/v1/actions', {})).status).toBe(401)
    const basic = `Basic ${Buffer.from('st2admin:Ch@ngeMe').toString('base64')}`
    expect((await ask('POST', '/auth/v1/tokens', { authorization: basic })).status).toBe(201)
    expect((await ask('PATCH', '/api/v1/actions', token())).status).toBe(405)
  })

  it('streams events as they come', async () => {
    const heard = new Promise<string>((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port: ports.https,
        ca: certificate,
        servername: 'localhost',
        headers: token(),
      }
      const sent = request({ ...options, path: '/stream/v1/stream' }, (response) => {
        response.setEncoding('utf8').on('data', (piece: string) => {
          if (!piece.includes('st2.execution__create')) return
          resolve(piece)
          sent.destroy()
        })
      })
      sent.on('error', reject)
      sent.on('response', () => void admin.run('core.noop'))
      sent.end()
    })
    expect(await heard).toContain('core.noop')
  })

  it('refuses a body that is larger than the services take', async () => {
    const answer = await ask('POST', '/api/v1/executions', token(), 'x'.repeat(21 * 1024 * 1024)).catch(() => null)
    // nginx may end the connection before all was sent.
    expect(answer === null || answer.status === 413).toBe(true)
  })

  it('hands WebSockets on, and where the page is from', async () => {
    const address = `https://127.0.0.1:${ports.https}`
    const headers = { cookie: `auth-token=${admin.token}` }
    for (const path of ['/stream/v1/ws', '/stream/ws']) {
      await using socket = await TestSocket.open(address + path, { headers, origin: address, ca: certificate })
      expect(await socket.next()).toHaveProperty('open')
      expect(await socket.ask({ subscribe: { events: ['st2.execution__create'] } })).toHaveProperty('subscribed')
      const { id } = await admin.run('core.noop')
      expect(await socket.next()).toMatchObject({ event: 'st2.execution__create', data: { id } })
    }
    const foreign = { headers, origin: 'https://evil.example.com', ca: certificate }
    await expect(TestSocket.open(`${address}/stream/v1/ws`, foreign)).rejects.toThrow('response: 403')
  })

  it('writes no credential into its log', async () => {
    for (const name of ['x-auth-token', 'st2-api-key', 'X-Auth-Token'])
      await ask('GET', `/api/v1/actions?limit=1&${name}=${admin.token}&page=in-the-log`)
    const own = `x-auth-token.${Buffer.from(admin.token).toString('base64url')}`
    const opening = { protocols: ['st2.events', own], ca: certificate }
    {
      await using socket = await TestSocket.open(`https://127.0.0.1:${ports.https}/stream/v1/ws`, opening)
      expect(await socket.next()).toHaveProperty('open')
    }
    await ask('GET', '/api/v1/actions?limit=1&last=one', token())
    const text = await until('all is written', () => {
      const written = readFileSync(accessLog, 'utf8')
      return written.includes('last=one') ? written : null
    })
    expect(text).toContain('"GET /api/v1/actions?******** HTTP/1.1" 200')
    expect(text).not.toContain(admin.token)
    expect(text).not.toContain(own)
    expect(text).toContain('"GET /stream/v1/ws HTTP/1.1" 101')
    expect(text, 'what is no secret stays').toContain('?limit=1&last=one')
  })

  it('says which service is away, and keeps browsers coming back to the stream', async () => {
    await server.kill()
    const away = await ask('GET', '/api/v1/actions', token())
    expect(away.status).toBe(503)
    expect(JSON.parse(away.text)).toEqual({ faultstring: expect.stringContaining('st2api') })
    expect(JSON.parse((await ask('POST', '/auth/v1/tokens')).text)).toEqual({
      faultstring: expect.stringContaining('st2auth'),
    })
    const stream = await ask('GET', '/stream/v1/stream', token())
    expect(stream).toMatchObject({ status: 200, text: 'retry: 1000\n\n' })
    expect(stream.headers['content-type']).toContain('text/event-stream')
  })
})
