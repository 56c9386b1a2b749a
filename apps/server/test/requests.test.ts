import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerOf, api, faultOf, type TestApi } from './support/api.ts'
import { startServer, type TestServer } from './support/server.ts'

const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi

beforeAll(async () => {
  server = stack.use(await startServer())
  admin = await api(server)
  // Paths that name the last execution need one.
  await admin.ask('POST', '/executions', { body: { action: 'core.noop' } })
})

afterAll(() => stack.disposeAsync())

const UNKNOWN_ID = '5f0000000000000000000000'
const BODY_LIMIT = 20 * 1024 * 1024

describe('a bad request is answered with upstream’s status and text', () => {
  it.each([
    ['an unknown action', { action: 'core.nope' }, 'Action "core.nope" cannot be found.'],
    ['no action', { parameters: {} }, "'action' is a required property"],
    ['a missing parameter', { action: 'core.local' }, "'cmd' is a required property"],
    [
      'an unknown parameter',
      { action: 'core.local', parameters: { cmd: 'x', frob: 1 } },
      "Additional properties are not allowed ('frob' was unexpected)",
    ],
    ['a null', { action: 'core.local', parameters: { cmd: null } }, "None is not of type 'string'"],
    [
      'a value of no number',
      { action: 'core.local', parameters: { cmd: 'x', timeout: 'abc' } },
      "invalid literal for int() with base 10: 'abc'",
    ],
  ])('%s', async (_name, body, fault) => {
    const answer = await admin.ask('POST', '/executions', { body })
    expect([answer.status, faultOf(answer)]).toEqual([400, fault])
  })

  it('a body that is no JSON', async () => {
    const answer = await admin.ask('POST', '/executions', { body: '{bad' })
    expect(answer.status).toBe(400)
    expect(faultOf(answer)).toMatch(/^Failed to parse request body: /)
  })

  it('a body that is a list', async () => {
    const answer = await admin.ask('POST', '/executions', { body: [1] })
    expect(answer.status).toBe(400)
    expect(faultOf(answer)).toContain("is not of type 'object'")
  })

  it('a body above the limit, which the text names', async () => {
    const answer = await admin.ask('POST', '/executions', {
      body: { action: 'core.local', parameters: { cmd: 'x'.repeat(BODY_LIMIT) } },
    })
    expect(answer.status).toBe(413)
    expect(faultOf(answer)).toContain('server.body_limit')
  })

  it('a body nested too deep', async () => {
    const answer = await admin.ask('POST', '/executions', { body: `${'['.repeat(10_000)}${']'.repeat(10_000)}` })
    expect(answer.status).toBe(400)
    expect(faultOf(answer)).toContain('nested deeper than')
  })

  it('a wrong token', async () => {
    const answer = await admin.ask('GET', '/executions', { headers: { 'x-auth-token': 'f'.repeat(32) } })
    expect([answer.status, faultOf(answer)]).toEqual([401, 'Unauthorized'])
  })

  it('an id of nothing, and a text that is no id', async () => {
    for (const id of [UNKNOWN_ID, 'zzz']) {
      const answer = await admin.ask('GET', `/executions/${id}`)
      expect([answer.status, faultOf(answer)]).toEqual([404, `Unable to identify resource with id "${id}".`])
    }
  })

  it('a content type that nobody reads', async () => {
    const answer = await admin.ask('POST', '/executions', { body: '<a/>', headers: { 'content-type': 'text/xml' } })
    expect([answer.status, faultOf(answer)]).toEqual([
      400,
      'Failed to parse request body: Unsupported Content-Type: "text/xml"',
    ])
  })

  it('names that objects have by birth change no object', async () => {
    const body = '{"action": "core.noop", "parameters": {"__proto__": {"polluted": 1}, "constructor": {"x": 1}}}'
    const answer = await admin.ask('POST', '/executions', { body })
    expect([answer.status, faultOf(answer)]).toEqual([
      400,
      "Additional properties are not allowed ('__proto__' was unexpected)",
    ])
    expect('polluted' in {}).toBe(false)
  })
})

describe('a path', () => {
  it.each([
    ['/v1/actions', 200],
    ['/actions', 200],
    ['/v1/actions/', 200],
    ['/v1/actions//', 404],
    ['//v1/actions', 404],
    ['/v1//actions', 404],
    ['/v1/actions/core%2Fnoop', 404],
    ['/v1/actions/core%2Enoop', 200],
    ['/v1/actions/%E0%A4%A', 400],
    ['/v1/nothing', 404],
    ['/exp/actions', 404],
    ['/api/v1/actions', 404],
    ['/v1', 200],
    ['/v1/', 200],
    ['/', 200],
    ['', 200],
    ['/actionexecutions', 200],
    ['/v1/actionexecutions/last', 200],
  ])('/api%s answers %i', async (path, status) => {
    const answer = await raw('GET', `/api${path}`)
    expect(answer.status).toBe(status)
  })

  it('that no route has is 404 without a credential too', async () => {
    const answer = await answerOf(await fetch(`${server.api}/v1/nothing`))
    expect([answer.status, faultOf(answer)]).toEqual([404, 'The resource could not be found.'])
  })

  it.each(['PATCH', 'DELETE', 'PUT'])('is 404 for a method that it has not: %s', async (method) => {
    const answer = await admin.ask(method, '/actions')
    expect([answer.status, faultOf(answer)]).toEqual([404, 'The resource could not be found.'])
  })

  it('answers HEAD as it would GET, without a body', async () => {
    const answer = await admin.ask('HEAD', '/actions?limit=1')
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(answer.headers.get('x-total-count')).toMatch(/^\d+$/)
  })

  it('answers OPTIONS to everybody', async () => {
    const answer = await answerOf(await fetch(`${server.api}/v1/actions`, { method: 'OPTIONS' }))
    expect([answer.status, answer.text]).toEqual([200, ''])
  })

  it('serves the streams below /api too', async () => {
    for (const path of ['/api/stream', '/api/v1/stream', '/stream/stream']) {
      const abort = new AbortController()
      const response = await fetch(server.url + path, {
        headers: { 'x-auth-token': admin.token },
        signal: abort.signal,
      })
      expect([path, response.headers.get('content-type')]).toEqual([path, 'text/event-stream; charset=UTF-8'])
      abort.abort()
    }
  })
})

describe('what surrounds an answer', () => {
  it('echoes the id of the request, or makes one', async () => {
    const echoed = await admin.ask('GET', '/user', { headers: { 'x-request-id': 'mine' } })
    expect(echoed.headers.get('x-request-id')).toBe('mine')
    const made = await admin.ask('GET', '/user')
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('lets a cookie read and never write, whatever page sends it along', async () => {
    const cookie = `auth-token=${admin.token}`
    const read = await fetch(`${server.api}/v1/user`, { headers: { cookie } })
    expect(read.status).toBe(200)
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const path = method === 'POST' ? 'executions' : 'executions/last'
      const answer = await fetch(`${server.api}/v1/${path}`, {
        method,
        headers: { cookie, origin: 'http://127.0.0.1:9999' },
        body: new Blob([JSON.stringify({ action: 'core.noop' })]),
      })
      expect([method, answer.status]).toEqual([method, 401])
    }
  })

  it('sets the cookie for a token of header or query, which is then a credential of its own', async () => {
    for (const request of [admin.ask('GET', '/user'), fetch(`${server.api}/v1/user?x-auth-token=${admin.token}`)]) {
      const { headers } = await request
      const cookie = headers.get('set-cookie') ?? ''
      expect(cookie).toMatch(/^auth-token=[0-9a-f]{32}; Max-Age=\d+; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/i)
      const again = await fetch(`${server.api}/v1/user`, { headers: { cookie: cookie.split(';')[0] ?? '' } })
      expect(again.status).toBe(200)
      expect(again.headers.get('set-cookie')).toBeNull()
    }
  })

  it('uses the first credential alone, in upstream’s order', async () => {
    const badKey = await admin.ask('GET', '/user', { headers: { 'st2-api-key': 'nope' } })
    expect(badKey.status).toBe(200)
    const badHeader = await admin.ask('GET', `/user?x-auth-token=${admin.token}`, {
      headers: { 'x-auth-token': 'f'.repeat(32) },
    })
    expect(badHeader.status).toBe(401)
  })

  it('gives strangers no CORS header', async () => {
    const { headers } = await admin.ask('GET', '/user', { headers: { origin: 'http://evil.example' } })
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it('lives and is ready without a credential', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const answer = await answerOf(await fetch(server.url + path))
      expect([answer.status, answer.body]).toEqual([200, { status: 'ok' }])
    }
  })
})

/** Sends the path as it is: fetch would tidy it. */
function raw(method: string, path: string): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(server.url)
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>()
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => (text += chunk))
  socket.on('error', reject)
  socket.on('close', () => resolve({ status: Number(text.split(' ')[1]), text }))
  socket.write(`${method} ${path} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${admin.token}\r\nConnection: close\r\n\r\n`)
  return promise
}
