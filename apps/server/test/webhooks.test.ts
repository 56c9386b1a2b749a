import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, api, type ApiRequest, expectStatus, faultOf, type TestApi } from './support/api.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'

interface ShownInstance {
  readonly id: string
  readonly trigger: string
  readonly payload: {
    readonly body: unknown
    readonly headers: Record<string, string>
    readonly headers_lower: Record<string, string>
  }
}

const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi

beforeAll(async () => {
  server = stack.use(await startServer())
  admin = await api(server)
  await hooked(admin, 'plain', 'plain')
  await hooked(admin, 'nested', '/deploy/of/app/')
})

afterAll(() => stack.disposeAsync())

async function hooked(who: TestApi, name: string, url: string): Promise<void> {
  const trigger = { type: 'core.st2.webhook', parameters: { url } }
  const body = { name, pack: 'default', enabled: true, trigger, action: { ref: 'core.noop' } }
  expectStatus(await who.ask('POST', '/rules', { body }), 201)
}

function send(hook: string, request: ApiRequest): Promise<Answer> {
  return admin.ask('POST', `/webhooks/${hook}`, request)
}

async function newest(): Promise<ShownInstance> {
  const [instance] = await admin.get<ShownInstance[]>('/triggerinstances?trigger_type=core.st2.webhook&limit=1')
  if (instance === undefined) throw new Error('nothing has happened')
  return instance
}

describe('the body of a webhook', () => {
  it.each([
    ['application/json', '{"a": [1, {"b": null}]}', { a: [1, { b: null }] }],
    ['application/json; charset=utf-8', '[1, 2]', [1, 2]],
    ['application/json', '', {}],
    ['application/x-www-form-urlencoded', 'a=1&b=2&b=3&c=', { a: ['1'], b: ['2', '3'] }],
    ['multipart/form-data; boundary=x', 'payload=%7B%22ref%22%3A%22main%22%7D', { payload: ['{"ref":"main"}'] }],
  ])('as %s %s is answered and stored', async (type, text, body) => {
    const answer = await send('plain', { body: text, headers: { 'content-type': type } })
    expect(expectStatus(answer, 202)).toEqual(body)
    expect((await newest()).payload.body).toEqual(body)
  })

  it('without a content type is JSON', async () => {
    const headers = { 'x-auth-token': admin.token }
    const bytes = new TextEncoder().encode('{"n": 1}')
    const answer = await fetch(`${server.api}/v1/webhooks/plain`, { method: 'POST', headers, body: bytes })
    expect([answer.status, await answer.json()]).toEqual([202, { n: 1 }])
  })

  it.each([
    ['text/plain', 'hello', "'hello' is not of type 'object', 'array'"],
    ['application/json', '5', "5 is not of type 'object', 'array'"],
    ['application/json', 'null', "None is not of type 'object', 'array'"],
    ['application/xml', '<a/>', 'Failed to parse request body: Unsupported Content-Type: "application/xml"'],
  ])('as %s %s is refused: %s', async (type, body, fault) => {
    const answer = await send('plain', { body, headers: { 'content-type': type } })
    expect([answer.status, faultOf(answer)]).toEqual([400, fault])
  })

  it('is looked at before anybody asks for the webhook', async () => {
    expect((await send('nope', { body: '5' })).status).toBe(400)
    const answer = await send('nope', { body: {} })
    expect([answer.status, faultOf(answer)]).toEqual([404, 'Webhook nope not registered with st2'])
  })
})

describe('the headers of a webhook', () => {
  it('reach the rule under both spellings, credentials and the trace tag do not', async () => {
    const headers = {
      'x-github-event': 'push',
      'st2-trace-tag': 'tag-1',
      'st2-api-key': 'none',
      cookie: 'a=b',
      authorization: 'Basic eDp5',
      'x-request-id': 'request-1',
    }
    expect((await send('plain', { body: {}, headers })).status).toBe(202)
    const { payload } = await newest()
    expect(payload.headers).toMatchObject({
      'X-Github-Event': 'push',
      'Content-Type': 'application/json',
      'X-Request-Id': 'request-1',
      Authorization: 'Basic eDp5',
    })
    expect(payload.headers_lower).toMatchObject({ 'x-github-event': 'push', 'content-type': 'application/json' })
    for (const name of ['st2-trace-tag', 'st2-api-key', 'x-auth-token', 'cookie']) {
      expect(Object.keys(payload.headers_lower)).not.toContain(name)
    }
  })
})

describe('the url of a webhook', () => {
  it('may have slashes inside; those around it do not matter', async () => {
    for (const hook of ['deploy/of/app', 'deploy/of/app/']) {
      expect((await send(hook, { body: { hook } })).status).toBe(202)
      expect((await newest()).payload.body).toEqual({ hook })
    }
    const trigger = await admin.get<{ parameters: object }>('/webhooks/deploy/of/app')
    expect(trigger.parameters).toEqual({ url: '/deploy/of/app/' })
    expect((await send('deploy/of', { body: {} })).status).toBe(404)
  })

  it('st2 lets any trigger happen', async () => {
    expectStatus(await admin.ask('POST', '/triggertypes', { body: { name: 'any', pack: 'default' } }), 201)
    const body = { trigger: 'default.any', payload: { a: 1 } }
    expect(expectStatus(await send('st2', { body }), 202)).toEqual(body)
    const [instance] = await admin.get<object[]>('/triggerinstances?trigger=default.any')
    expect(instance).toMatchObject({ payload: { a: 1 } })
    const list = await send('st2', { body: [1] })
    expect([list.status, faultOf(list)]).toEqual([400, 'Webhook body needs to be an object, got: array'])
  })
})

it('what is answered 202 is there after the server is killed at once', async () => {
  const dataDir = join(stack.use(temporaryFolder()).path, 'data')
  const first = stack.use(await startServer({ dataDir }))
  const before = await api(first)
  await hooked(before, 'kept', 'kept')
  expectStatus(await before.ask('POST', '/webhooks/kept', { body: { n: 4711 } }), 202)
  await first.kill()
  const after = await api(stack.use(await startServer({ dataDir })))
  const found = await after.get<ShownInstance[]>('/triggerinstances?trigger_type=core.st2.webhook')
  expect(found.map(({ payload }) => payload.body)).toEqual([{ n: 4711 }])
})
