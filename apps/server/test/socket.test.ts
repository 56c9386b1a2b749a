import { request as httpRequest } from 'node:http'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '@st2/test-servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerOf, api, expectStatus, type TestApi } from './support/api.ts'
import { writePack } from './support/pack.ts'
import { ADMIN, ADMIN_PASSWORD, signal, startServer, temporaryFolder, type TestServer } from './support/server.ts'
import { type SeenMessage, type SocketOpening, TestSocket } from './support/socket-client.ts'
import { until } from './support/until.ts'

const NOBODY = '5f0000000000000000000000'
const FLOW = 'runner_type: orquesta\nenabled: true\nparameters: { gate: { type: string }, text: { type: string } }\n'
const LISTED = 'https://listed.example.com'
const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi
let folder: string

/** A workflow that calls a workflow, whose action waits for a file and prints. */
const PACK = {
  'actions/outer.yaml': `name: outer\nentry_point: workflows/outer.yaml\n${FLOW}`,
  'actions/workflows/outer.yaml': `version: 1.0
input: [gate, text]
tasks:
  before: { action: core.noop, next: [{ do: inner }] }
  inner: { action: nest.inner gate=<% ctx().gate %> text=<% ctx().text %>, next: [{ do: after }] }
  after: { action: core.noop }
`,
  'actions/inner.yaml': `name: inner\nentry_point: workflows/inner.yaml\n${FLOW}`,
  'actions/workflows/inner.yaml': `version: 1.0
input: [gate, text]
tasks:
  wait: { action: nest.wait gate=<% ctx().gate %> text=<% ctx().text %>, next: [{ do: last }] }
  last: { action: core.noop }
`,
  'actions/wait.yaml':
    'name: wait\nrunner_type: local-shell-script\nentry_point: wait.sh\nenabled: true\nparameters:\n' +
    '  gate: { type: string, position: 0 }\n  text: { type: string, position: 1 }\n',
  'actions/wait.sh': '#!/bin/sh\nwhile [ ! -e "$1" ]; do sleep 0.05; done\necho "$2"\n',
}

beforeAll(async () => {
  folder = stack.use(temporaryFolder()).path
  const dataDir = join(folder, 'data')
  writePack(dataDir, 'nest', PACK)
  server = stack.use(
    await startServer({ dataDir, env: { ST2_API__ALLOW_ORIGIN: LISTED, ST2_STREAM__MAX_SUBSCRIPTIONS: '3' } }),
  )
  admin = await api(server)
})

afterAll(() => stack.disposeAsync())

/** An open socket whose first message was read. */
async function open(opening: SocketOpening = { headers: { 'x-auth-token': admin.token } }): Promise<TestSocket> {
  const socket = await TestSocket.open(`${server.stream}/v1/ws`, opening)
  expect(await socket.next()).toHaveProperty('open')
  return socket
}

const dataOf = (message: SeenMessage) => message['data'] as Record<string, unknown>
const told = (messages: readonly SeenMessage[]) => messages.filter((message) => 'event' in message)
const isEnd = (id: string) => (message: SeenMessage) =>
  message['event'] === 'st2.execution__update' &&
  dataOf(message)['id'] === id &&
  dataOf(message)['status'] === 'succeeded'

interface Child {
  readonly id: string
  readonly status: string
  readonly action: { readonly ref: string }
}

async function startNested(text = 'printed'): Promise<{ id: string; gate: string; children: () => Promise<Child[]> }> {
  const gate = join(folder, `gate-${Math.random()}`)
  const { id } = await admin.run('nest.outer', { gate, text })
  return { id, gate, children: () => admin.get<Child[]>(`/executions/${id}/children`) }
}

describe('the WebSocket of the stream', () => {
  it('tells who it is, and what it is asked', async () => {
    await using socket = await TestSocket.open(`${server.stream}/v1/ws`, { headers: { 'x-auth-token': admin.token } })
    expect(await socket.next()).toEqual({
      open: {
        user: ADMIN,
        token_expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
        heartbeat_seconds: 25,
      },
    })
    expect(await socket.ask({ ping: { at: 7 } })).toEqual({ pong: { at: 7 } })
    expect(await socket.ask({ unsubscribe: {} })).toEqual({ unsubscribed: { id: 'default' } })
  })

  it('tells the whole tree of an execution, of any depth, and nothing of another', async () => {
    await using socket = await open()
    const mine = await startNested()
    const other = await startNested()
    expect(await socket.ask({ subscribe: { id: 'run', executions: [mine.id] } })).toEqual({
      subscribed: { id: 'run', executions: [mine.id], missing: [] },
    })
    await admin.run('core.noop')
    writeFileSync(other.gate, '')
    await admin.finished(other.id)
    writeFileSync(mine.gate, '')
    const events = told(await socket.upTo(isEnd(mine.id)))
    const ids = new Set(events.map((event) => dataOf(event)['id']))
    const children = await mine.children()
    // What was over before the subscription tells nothing any more.
    const [before, ...rest] = children
    expect(children.map(({ action }) => action.ref)).toEqual([
      'core.noop',
      'nest.inner',
      'nest.wait',
      'core.noop',
      'core.noop',
    ])
    expect(rest.every(({ id }) => ids.has(id))).toBe(true)
    expect(
      [...ids].filter((id) => id !== mine.id && id !== before?.id && !rest.some((child) => child.id === id)),
    ).toEqual([])
    expect(new Set(events.map(({ event, subscription }) => `${String(event)} ${String(subscription)}`))).toEqual(
      new Set(['st2.execution__create run', 'st2.execution__update run']),
    )
    expect(dataOf(events.at(-1) ?? {})['action']).toMatchObject({ ref: 'nest.outer' })
  })

  it('reaches who comes late, where the action waits, with what it prints', async () => {
    const { id, gate, children } = await startNested('heard')
    const waiting = await until('the innermost action runs', async () =>
      (await children()).find(({ action, status }) => action.ref === 'nest.wait' && status === 'running'),
    )
    await using socket = await open()
    await socket.ask({
      subscribe: { executions: [id], events: ['st2.execution.output__create', 'st2.execution__update'] },
    })
    writeFileSync(gate, '')
    const events = told(await socket.upTo(isEnd(id)))
    const printed = events.filter(({ event }) => event === 'st2.execution.output__create').map(dataOf)
    expect(printed.filter(({ execution_id }) => execution_id === waiting.id)).toEqual([
      expect.objectContaining({ action_ref: 'nest.wait', data: 'heard\n', output_type: 'stdout' }),
    ])
    expect(events.map((event) => dataOf(event)['id'])).toContain(waiting.id)
  })

  it('tells each subscription what it asked for, with the attributes it asked for', async () => {
    await using socket = await open()
    await socket.ask({ subscribe: { id: 'lean', events: ['st2.execution__create'], include_attributes: ['status'] } })
    await socket.ask({ subscribe: { id: 'top', top_level: true, action_refs: ['nest.outer', 'nest.inner'] } })
    const { id, gate } = await startNested()
    writeFileSync(gate, '')
    const events = told(await socket.upTo((message) => isEnd(id)(message) && message['subscription'] === 'top'))
    const lean = events.filter(({ subscription }) => subscription === 'lean')
    expect(lean).toHaveLength(6)
    expect(dataOf(lean[0] ?? {})).toEqual({ id, status: 'requested' })
    const top = events.filter(({ subscription }) => subscription === 'top')
    expect(new Set(top.map(({ event }) => event))).toEqual(
      new Set(['st2.execution__create', 'st2.execution__update', 'st2.liveaction__create', 'st2.liveaction__update']),
    )
    expect(
      new Set(top.filter(({ event }) => String(event).includes('execution')).map((event) => dataOf(event)['id'])),
    ).toEqual(new Set([id]))
  })

  it('replaces a subscription of the same name, and ends one', async () => {
    await using socket = await open()
    await socket.ask({ subscribe: { id: 'a', executions: [] } })
    await socket.ask({ subscribe: { id: 'a', events: ['st2.execution__create'] } })
    await socket.ask({ subscribe: { id: 'b', events: ['st2.execution__create'] } })
    await socket.ask({ unsubscribe: { id: 'b' } })
    const { id } = await admin.run('core.noop')
    await admin.finished(id)
    socket.send({ ping: 1 })
    const events = told(await socket.upTo((message) => 'pong' in message))
    expect(events.map(({ event, subscription }) => [event, subscription])).toEqual([['st2.execution__create', 'a']])
  })

  it('names what is wrong with a message, and goes on', async () => {
    await using socket = await open()
    expect(await socket.ask({ subscribe: { id: 'x', executions: ['last'] } })).toEqual({
      error: {
        id: 'x',
        field: 'subscribe.executions[0]',
        faultstring: "'last' is not a valid ObjectId, 24 hexadecimal digits.",
      },
    })
    socket.send('nonsense')
    expect(await socket.next()).toMatchObject({ error: { id: null, field: null } })
    for (const id of ['a', 'b', 'c']) await socket.ask({ subscribe: { id, executions: [] } })
    expect(await socket.ask({ subscribe: { id: 'd' } })).toEqual({
      error: {
        id: 'd',
        field: 'subscribe',
        faultstring: 'There are 3 subscriptions, and no more are allowed (stream.max_subscriptions).',
      },
    })
    expect(await socket.ask({ subscribe: { id: 'c', executions: [NOBODY] } })).toEqual({
      subscribed: { id: 'c', executions: [], missing: [NOBODY] },
    })
  })

  it('closes on what is no text, on what is too long, and on a flood', async () => {
    await using binary = await open()
    binary.socket.send(Buffer.from([1]))
    expect(await binary.closed).toMatchObject({ code: 1003 })
    await using long = await open()
    long.send(JSON.stringify({ ping: 'x'.repeat(70_000) }))
    expect(await long.closed).toMatchObject({ code: 1009 })
    await using flood = await open()
    for (let count = 0; count < 5000; count++) flood.send({ subscribe: { executions: [NOBODY] } })
    expect(await flood.closed).toMatchObject({ code: 4429 })
  })
})

describe('the door of the WebSocket', () => {
  const cookie = () => ({ cookie: `auth-token=${admin.token}` })

  it.each(['/stream/v1/ws', '/stream/ws', '/stream/v1/ws/'])('is at %s', async (path) => {
    await using socket = await TestSocket.open(`${server.url}${path}?x-auth-token=${admin.token}`)
    expect(await socket.next()).toHaveProperty('open')
  })

  it('opens for header, query and, from a page of this server, the cookie', async () => {
    for (const opening of [
      { headers: { 'x-auth-token': admin.token } },
      { headers: { 'x-auth-token': admin.token }, origin: 'https://anywhere.example.com' },
      { headers: cookie(), origin: server.url },
      { headers: cookie(), origin: LISTED },
    ]) {
      await using socket = await open(opening)
      expect(await socket.ask({ ping: 1 })).toEqual({ pong: 1 })
    }
  })

  it('opens for a browser that names its credential as a protocol, and does not repeat it', async () => {
    const own = `x-auth-token.${Buffer.from(admin.token).toString('base64url')}`
    const opening = { protocols: ['st2.events', own], origin: 'https://anywhere.example.com' }
    await using socket = await open(opening)
    expect(socket.socket.protocol).toBe('st2.events')
    const stranger = TestSocket.open(`${server.stream}/v1/ws`, {
      headers: cookie(),
      protocols: ['x'],
      origin: server.url,
    })
    await expect(stranger, 'who offers protocols is answered with one that the server speaks').rejects.toThrow(
      'subprotocol',
    )
    const headers = { 'sec-websocket-protocol': own, 'x-auth-token': '' }
    const plain = await admin.ask('GET', '/executions', { headers })
    expect(plain.status, 'what is no WebSocket has headers for it').toBe(401)
  })

  it.each([
    ['without a credential', 401, () => ({})],
    ['with a bad one', 401, () => ({ headers: { 'x-auth-token': 'nonsense' } })],
    ['with a bad one among the protocols', 401, () => ({ protocols: ['st2.events', 'x-auth-token.bm9uZQ'] })],
    ['with the cookie from a page elsewhere', 403, () => ({ headers: cookie(), origin: 'https://evil.example.com' })],
    ['with the cookie from a page of nowhere', 403, () => ({ headers: cookie(), origin: 'null' })],
    ['with the cookie from what is no page', 403, () => ({ headers: cookie() })],
  ])('stays shut %s: %i', async (_name, status, opening) => {
    await expect(TestSocket.open(`${server.stream}/v1/ws`, opening())).rejects.toThrow(
      `Unexpected server response: ${status}`,
    )
  })

  it('says 426 to who does not knock', async () => {
    const answer = await admin.ask('GET', '/stream/v1/ws')
    expect([answer.status, answer.body]).toEqual([426, { faultstring: 'This address speaks WebSocket only.' }])
  })

  it('is nowhere else, and leaves other upgrades alone', async () => {
    const headers = { 'x-auth-token': admin.token }
    await expect(TestSocket.open(`${server.api}/v1/executions`, { headers })).rejects.toThrow('response: 200')
    await expect(TestSocket.open(`${server.api}/v1/nothing`, { headers })).rejects.toThrow('response: 404')
    const asked = httpRequest(`${server.api}/v1/executions?limit=1`, {
      method: 'GET',
      headers: { ...headers, connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABk' },
    })
    asked.end()
    const [response] = await once(asked, 'response')
    expect(response.statusCode).toBe(200)
    response.resume()
  })
})

describe('a server that soon loses patience', () => {
  const CLIENTS = 5
  let strict: TestServer
  let there: TestApi

  beforeAll(async () => {
    strict = stack.use(
      await startServer({
        env: {
          ST2_STREAM__HEARTBEAT: '1',
          ST2_STREAM__MAX_BUFFERED_BYTES: '200000',
          ST2_STREAM__MAX_CLIENTS: String(CLIENTS),
        },
      }),
    )
    there = await api(strict)
  })

  async function enter(token = there.token): Promise<TestSocket> {
    const socket = await TestSocket.open(`${strict.stream}/v1/ws?x-auth-token=${token}`)
    expect(await socket.next()).toHaveProperty('open')
    return socket
  }

  async function tokenFor(seconds: number): Promise<string> {
    const authorization = `Basic ${Buffer.from(`${ADMIN}:${ADMIN_PASSWORD}`).toString('base64')}`
    const headers = { authorization, 'content-type': 'application/json' }
    const body = JSON.stringify({ ttl: seconds })
    const answer = await fetch(`${strict.auth}/v1/tokens`, { method: 'POST', headers, body })
    return expectStatus<{ token: string }>(await answerOf(answer), 201).token
  }

  async function purge(kind: string): Promise<void> {
    const timestamp = new Date(Date.now() + 3_600_000).toISOString()
    expectStatus(await there.ask('POST', '/purges', { body: { kind, timestamp } }), 200)
  }

  it('tells when an execution is removed', async () => {
    const { id } = await there.run('core.noop')
    await there.finished(id)
    await using socket = await enter()
    await socket.ask({ subscribe: { executions: [id] } })
    await purge('executions')
    expect(await socket.next()).toMatchObject({ event: 'st2.execution__delete', data: { id, status: 'succeeded' } })
    expect(await there.ask('GET', `/executions/${id}`)).toMatchObject({
      status: 404,
      body: { faultstring: `Unable to identify resource with id "${id}".` },
    })
    expect(await socket.ask({ subscribe: { executions: [id] } })).toMatchObject({ subscribed: { missing: [id] } })
  })

  it('ends a connection with its token', async () => {
    await using socket = await enter(await tokenFor(1))
    expect(await socket.closed).toEqual({ code: 4401, reason: 'Unauthorized - Token has expired.' })
  })

  it('ends a connection soon after its token was removed', async () => {
    await using removed = await enter(await tokenFor(60))
    await using kept = await enter()
    // Removed with all tokens that will have expired by then.
    await purge('tokens')
    expect(await removed.closed).toMatchObject({ code: 4401 })
    expect(await kept.ask({ ping: 1 })).toEqual({ pong: 1 })
  })

  it('ends a connection whose client does not answer', async () => {
    await using socket = await enter()
    socket.socket.pong = () => undefined
    expect(await socket.closed).toMatchObject({ code: 1006 })
  })

  it('ends a connection whose client does not keep up, and others do not notice', async () => {
    await using slow = await enter()
    await using quick = await enter()
    for (const socket of [slow, quick]) {
      await socket.ask({ subscribe: { events: ['st2.execution.output__create', 'st2.execution__update'] } })
    }
    slow.socket.pause()
    const cmd = 'for i in $(seq 1 250); do head -c 60000 /dev/zero | tr "\\0" x; echo; done'
    const { id } = await there.run('core.local', { cmd })
    const events = told(await quick.upTo(isEnd(id)))
    const length = events.reduce((sum, event) => sum + String(dataOf(event)['data'] ?? '').length, 0)
    expect(length).toBe(250 * 60_001)
    slow.socket.resume()
    expect([1006, 4408]).toContain((await slow.closed).code)
    expect(told(slow.seen).length).toBeLessThan(events.length)
  })

  it('refuses one too many, streams of the other kind included', async () => {
    await using sockets = new AsyncDisposableStack()
    for (let count = 0; count < CLIENTS; count++) {
      // Those of the tests before may be on their way out.
      sockets.use(await until('there is room', () => enter().catch(() => null)))
    }
    await expect(enter()).rejects.toThrow('Unexpected server response: 429')
    expect((await there.ask('GET', '/stream/v1/stream')).status).toBe(429)
  })

  it('says that it stops', async () => {
    await using socket = await enter()
    signal(strict.pid, 'SIGTERM')
    expect(await socket.closed).toEqual({ code: 1001, reason: 'the server stops' })
    expect(await strict.exited).toBe(0)
  })
})

describe('the port of the stream', () => {
  it('has the WebSocket, with and without a version', async () => {
    using confFolder = temporaryFolder()
    const file = join(confFolder.path, 'st2.conf')
    const ports = { auth: await freePort(), api: await freePort(), stream: await freePort() }
    writeFileSync(
      file,
      Object.entries(ports)
        .map(([name, port]) => `[${name}]\nport = ${port}\n`)
        .join(''),
    )
    await using own = await startServer({ args: ['--config-file', file], directPorts: 'open' })
    const { token } = await api(own)
    for (const path of ['/v1/ws', '/ws']) {
      await using socket = await TestSocket.open(`http://127.0.0.1:${ports.stream}${path}?x-auth-token=${token}`)
      expect(await socket.next()).toHaveProperty('open')
      expect(await socket.ask({ ping: 1 })).toEqual({ pong: 1 })
    }
    await expect(TestSocket.open(`http://127.0.0.1:${ports.api}/v1/ws?x-auth-token=${token}`)).rejects.toThrow('404')
  })
})
