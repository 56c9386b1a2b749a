import { describe, expect, it } from 'vitest'
import { ApiError, createClient, endpointsBehind, endpointsOnPorts, UnreachableError } from '../src/index.ts'
import { sendJson, serve } from './http-server.ts'

function clientOf(url: string, options = {}) {
  return createClient({ ...endpointsBehind(url), ...options })
}

describe('requests', () => {
  it('carry the credentials that are known at that moment', async () => {
    const seen: unknown[] = []
    await using server = await serve((request, response) => {
      seen.push([request.headers['x-auth-token'], request.headers['st2-api-key'], request.headers['content-type']])
      sendJson(response, 200, [])
    })
    let token: string | null = null
    const client = clientOf(server.url, { token: () => token, apiKey: 'key' })
    await client.actions.list()
    token = 'abc'
    await client.actions.list()
    expect(seen).toEqual([
      [undefined, 'key', undefined],
      ['abc', 'key', undefined],
    ])
  })

  it('log in with Basic authentication in UTF-8 and a JSON body', async () => {
    await using server = await serve((request, response, body) => {
      sendJson(response, 201, {
        authorization: request.headers.authorization,
        body,
        type: request.headers['content-type'],
      })
    })
    const answer: unknown = await clientOf(server.url).auth.login('anna', 'pä:ß', 60)
    expect(answer).toEqual({
      authorization: `Basic ${Buffer.from('anna:pä:ß').toString('base64')}`,
      body: '{"ttl":60}',
      type: 'application/json',
    })
  })

  it('give lists with the counts of their headers', async () => {
    await using server = await serve((_, response) =>
      sendJson(response, 200, [{ id: '1' }], { 'x-total-count': '4711', 'x-limit': '1' }),
    )
    const list = await clientOf(server.url).executions.list({
      limit: 1,
      parent: 'null',
      include_attributes: ['id', 'a.b'],
    })
    expect(list).toEqual({ items: [{ id: '1' }], total: 4711, limit: 1 })
    expect(server.requests).toEqual(['GET /api/v1/executions?limit=1&parent=null&include_attributes=id%2Ca.b'])
  })

  it('save an action over the revision it was loaded at, and tell what somebody else changed', async () => {
    await using server = await serve((request, response) => {
      if (request.method === 'GET') return sendJson(response, 200, { ref: 'p.a' }, { etag: '"1.1.1"' })
      if (request.headers['if-match'] === '"1.1.1"') return sendJson(response, 200, { ref: 'p.a' }, { etag: '"2.1.1"' })
      return sendJson(response, 412, { faultstring: 'changed', changed: ['definition', 5], revision: '"2.1.1"' })
    })
    const { actions } = clientOf(server.url)
    const { revision } = await actions.load('p.a')
    expect(await actions.save('p.a', {}, { revision })).toEqual({ action: { ref: 'p.a' }, revision: '"2.1.1"' })
    const refused = actions.save('p.a', {}, { revision: '"0.1.1"' })
    await expect(refused).rejects.toMatchObject({ status: 412, changed: ['definition'], revision: '"2.1.1"' })
  })

  it('tell an accepted cancellation from a refused one', async () => {
    const answers: unknown[] = [{ id: '1', status: 'canceling' }, { faultstring: 'Action cannot be canceled.' }]
    await using server = await serve((_, response) => sendJson(response, 200, answers.shift()))
    const client = clientOf(server.url)
    expect(await client.executions.cancel('1')).toMatchObject({ kind: 'accepted', execution: { status: 'canceling' } })
    expect(await client.executions.cancel('1')).toEqual({ kind: 'refused', faultstring: 'Action cannot be canceled.' })
  })

  it('write the datastore and actions where their routes are', async () => {
    const sent: unknown[] = []
    await using server = await serve((request, response, body) => {
      sent.push([`${request.method} ${request.url}`, body === '' ? null : JSON.parse(body)])
      if (request.method === 'DELETE') response.writeHead(204).end()
      else sendJson(response, 200, request.method === 'GET' ? [] : {})
    })
    const client = clientOf(server.url)
    await client.keys.list({ scope: 'all', prefix: 'a b', decrypt: true, limit: -1 })
    await client.keys.get('a:b/c', { scope: 'user' })
    await client.keys.set('k', { value: 'v', secret: true, encrypted: false, scope: 'user', ttl: 60 })
    await client.keys.remove('k', { user: 'anna' })
    await client.actions.create({ name: 'x' })
    await client.actions.clone('core.noop', { dest_pack: 'p', dest_action: 'n', overwrite: true })
    await client.actions.remove('p.n')
    await client.actions.remove('p.n', { remove_files: true })
    expect(sent).toEqual([
      ['GET /api/v1/keys?scope=all&prefix=a%20b&decrypt=true&limit=-1', null],
      ['GET /api/v1/keys/a:b%2Fc?scope=user', null],
      ['PUT /api/v1/keys/k', { name: 'k', value: 'v', secret: true, encrypted: false, scope: 'user', ttl: 60 }],
      ['DELETE /api/v1/keys/k?user=anna', null],
      ['POST /api/v1/actions', { name: 'x' }],
      ['POST /api/v1/actions/core.noop/clone', { dest_pack: 'p', dest_action: 'n', overwrite: true }],
      ['DELETE /api/v1/actions/p.n', null],
      ['DELETE /api/v1/actions/p.n', { remove_files: true }],
    ])
  })
})

describe('errors', () => {
  it('carry the fault of the server', async () => {
    await using server = await serve((_, response) =>
      sendJson(response, 409, { faultstring: 'Tried', 'conflict-id': 'abc' }, { 'x-request-id': 'r1' }),
    )
    const error = await clientOf(server.url)
      .packs.get('x')
      .catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ status: 409, faultstring: 'Tried', conflictId: 'abc', requestId: 'r1', isJson: true })
  })

  it('say so when an answer is not the server’s own', async () => {
    await using server = await serve((_, response) => response.writeHead(502).end('<html>'))
    const error = await clientOf(server.url)
      .user.me()
      .catch((caught: unknown) => caught)
    expect(error).toMatchObject({ status: 502, faultstring: '', isJson: false, message: 'HTTP 502 Bad Gateway' })
  })

  it('report a 401 to the owner of the session, but not that of a login', async () => {
    await using server = await serve((_, response) => sendJson(response, 401, { faultstring: 'Unauthorized' }))
    const told: ApiError[] = []
    const client = clientOf(server.url, { onUnauthorized: (error: ApiError) => told.push(error) })
    await expect(client.auth.login('a', 'b')).rejects.toThrow('Unauthorized')
    expect(told).toHaveLength(0)
    await expect(client.user.me()).rejects.toThrow('Unauthorized')
    expect(told).toHaveLength(1)
  })

  it('name the address and the reason when nobody answers', async () => {
    const closed = await serve(() => undefined)
    await closed[Symbol.asyncDispose]()
    const error = await clientOf(closed.url)
      .user.me()
      .catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(UnreachableError)
    expect(error).toMatchObject({ message: expect.stringContaining('ECONNREFUSED') })
  })

  it('give up on an answer that does not begin in time', async () => {
    await using server = await serve(() => undefined)
    await expect(clientOf(server.url, { timeoutMs: 30 }).user.me()).rejects.toThrow(UnreachableError)
  })
})

describe('addresses', () => {
  it('are built in one place', () => {
    const { urls } = createClient(endpointsOnPorts('http://box/'))
    const all = [
      urls.collection('actions', { pack: 'core', limit: -1, none: undefined, empty: [] }),
      urls.item('actions', 'core.local'),
      urls.actionEntryPoint('a.b'),
      urls.executionResult('1', { download: true, prettyFormat: true }),
      urls.executionFilters({ types: ['user', 'action'] }),
      urls.packFile('core', 'a b/icon.png'),
      urls.tokens(),
      urls.events({ events: ['st2.execution__*'] }),
      urls.outputStream('last', { output_type: 'stderr' }),
    ]
    expect(all).toEqual([
      'http://box:9101/v1/actions?pack=core&limit=-1',
      'http://box:9101/v1/actions/core.local',
      'http://box:9101/v1/actions/views/entry_point/a.b',
      'http://box:9101/v1/executions/1/result?download=true&pretty_format=true',
      'http://box:9101/v1/executions/views/filters?types=user%2Caction',
      'http://box:9101/v1/packs/views/file/core/a%20b/icon.png',
      'http://box:9100/tokens',
      'http://box:9102/v1/stream?events=st2.execution__*',
      'http://box:9102/v1/executions/last/output?output_type=stderr',
    ])
  })
})
