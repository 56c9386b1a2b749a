import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request as httpRequest, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import type { RunOutcome, RunRequest } from '@st2/engine/runner'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { httpRequestRunner } from '../src/http-request/http-request-runner.ts'
import { makeRequest } from './requests.ts'
import { collectPieces, openHost, run } from './support.ts'

interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

type Answer = (response: ServerResponse, seen: Seen) => void

const seen: Seen[] = []
const answers = new Map<string, Answer>()
const sockets = new Set<Socket>()
let plain: Server
let secure: Server
let proxy: Server
const proxied: string[] = []

async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const { method = '', url = '', headers } = incoming
  const one: Seen = { method, url, headers, body: Buffer.concat(chunks).toString() }
  seen.push(one)
  const answer = answers.get(new URL(url, 'http://x').pathname)
  if (answer === undefined) response.writeHead(404).end('not here')
  else answer(response, one)
}

const listen = async (server: Server): Promise<void> => {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
}

const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const fixture = (name: string): Buffer => readFileSync(new URL(`./fixtures/${name}`, import.meta.url))

beforeAll(async () => {
  plain = createServer((incoming, response) => void handle(incoming, response))
  secure = createTlsServer(
    { key: fixture('self-signed.key'), cert: fixture('self-signed.crt') },
    (incoming, response) => void handle(incoming, response),
  )
  proxy = createServer((incoming, response) => {
    proxied.push(`${incoming.method} ${incoming.url}`)
    const { method, headers, url = '' } = incoming
    const onward = httpRequest(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    incoming.pipe(onward)
  })
  proxy.on('connect', (incoming, client) => {
    proxied.push(`CONNECT ${incoming.url}`)
    const [host = '', port = ''] = (incoming.url ?? '').split(':')
    const onward = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.pipe(client)
      client.pipe(onward)
    })
    onward.on('error', () => client.destroy())
    client.on('error', () => onward.destroy())
  })
  await Promise.all([plain, secure, proxy].map(listen))
})

afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  await Promise.all([plain, secure, proxy].map((server) => new Promise((resolve) => server.close(resolve))))
})

beforeEach(() => {
  seen.length = 0
  proxied.length = 0
  answers.clear()
})

type Parameters = Record<string, unknown>

function httpRun(
  path: string,
  runner: Parameters = {},
  action: Parameters = {},
  changes: Partial<RunRequest> = {},
): Promise<RunOutcome> {
  const url = path.startsWith('/') ? `http://127.0.0.1:${portOf(plain)}${path}` : path
  const request = makeRequest('http-request', {
    action: { ref: 'core.http', pack: 'core', name: 'http', parameters: {} },
    runner_parameters: { url, ...runner },
    action_parameters: action,
    ...changes,
  })
  return httpRequestRunner.run(request, collectPieces(), new AbortController().signal)
}

function answer(path: string, status: number, headers: Record<string, string>, body: string | Buffer = ''): void {
  answers.set(path, (response) => void response.writeHead(status, headers).end(body))
}

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' }

describe('http-request: answers', () => {
  it('parses a JSON body and shows the headers as the server writes them', async () => {
    answer('/a', 200, { ...JSON_TYPE, 'X-Two-Words': 'v', 'x-lower': 'w' }, '{"a": [1]}')
    expect(await httpRun('/a')).toMatchObject({
      status: 'succeeded',
      result: {
        status_code: 200,
        body: { a: [1] },
        parsed: true,
        headers: { 'Content-Type': 'application/json; charset=utf-8', 'X-Two-Words': 'v', 'x-lower': 'w' },
      },
    })
  })

  it.each([
    ['text/plain', '{"a":1}', '{"a":1}'],
    ['application/json', '{broken', '{broken'],
    ['application/json+problem', '{}', '{}'],
  ])('leaves a body of type %s that reads %s as text', async (type, body, text) => {
    answer('/a', 200, { 'Content-Type': type }, body)
    expect(await httpRun('/a')).toMatchObject({ result: { body: text, parsed: false } })
  })

  it.each([
    [200, 'succeeded'],
    [201, 'succeeded'],
    [204, 'succeeded'],
    [206, 'succeeded'],
    [207, 'failed'],
    [301, 'failed'],
    [302, 'failed'],
    [404, 'failed'],
    [500, 'failed'],
  ])('makes of status %i: %s', async (status, outcome) => {
    answer('/a', status, { Location: '/elsewhere' })
    expect(await httpRun('/a')).toMatchObject({ status: outcome, result: { status_code: status, parsed: false } })
    expect(seen).toHaveLength(1)
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('unpacks %s', async (encoding, pack) => {
    answer('/a', 200, { ...JSON_TYPE, 'Content-Encoding': encoding }, pack('"unpacked"'))
    expect(await httpRun('/a')).toMatchObject({ result: { body: 'unpacked' } })
  })

  it.each([
    ['text/plain; charset=iso-8859-1', Buffer.from([0xe4]), 'ä'],
    ['text/plain', Buffer.from('ä'), 'ä'],
    ['text/plain', Buffer.from([0xe4]), 'ä'],
    ['text/plain; charset=nonsense', Buffer.from('ä'), 'ä'],
  ])('decodes a body of type %s', async (type, bytes, text) => {
    answer('/a', 200, { 'Content-Type': type }, bytes)
    expect(await httpRun('/a')).toMatchObject({ result: { body: text } })
  })

  it('joins repeated headers', async () => {
    answers.set('/a', (response) => void response.setHeader('Set-Cookie', ['a=1', 'b=2']).end())
    expect(await httpRun('/a')).toMatchObject({ result: { headers: { 'Set-Cookie': 'a=1, b=2' } } })
  })

  it('refuses a body beyond the limit, packed or not, and names the limit', async () => {
    answer('/a', 200, {}, 'x'.repeat(1001))
    answer('/packed', 200, { 'Content-Encoding': 'gzip' }, gzipSync('x'.repeat(1_000_000)))
    answer('/fits', 200, {}, 'x'.repeat(1000))
    const limits = { max_output_size: 1000, kill_grace_ms: 100 }
    const error = 'The response body exceeds the limit actionrunner.max_output_size of 1000 bytes'
    expect(await httpRun('/fits', {}, {}, { limits })).toMatchObject({ status: 'succeeded' })
    await expect(httpRun('/a', {}, {}, { limits })).rejects.toThrow(error)
    await expect(httpRun('/packed', {}, {}, { limits })).rejects.toThrow(error)
  })
})

describe('http-request: what is sent', () => {
  const bodyOf = async (runner: Parameters, action: Parameters): Promise<Seen> => {
    answer('/a', 200, {})
    await httpRun('/a', runner, action)
    const [one] = seen
    if (one === undefined) throw new Error('nothing was sent')
    return one
  }

  it('names the platform and the action', async () => {
    const { headers, method } = await bodyOf({ headers: { 'User-Agent': 'mine', 'X-A': 'b', 'X-None': null } }, {})
    expect(headers).toMatchObject({
      'user-agent': 'st2/v3.10.0',
      'x-stanley-action': 'http',
      'x-a': 'b',
      accept: '*/*',
    })
    expect(headers).not.toHaveProperty('x-none')
    expect(method).toBe('GET')
  })

  it.each([
    [{}, { body: 'text' }, 'POST', 'text'],
    [{}, { body: 'ä', method: 'PUT' }, 'PUT', 'ä'],
    [{}, { body: '{"a": 1}' }, 'POST', '{"a": 1}'],
    [{}, { body: { a: [1, 2], b: 'x y' } }, 'POST', 'a=1&a=2&b=x+y'],
    [
      { headers: { 'content-type': 'application/json' } },
      { body: '{"a": 12345678901234567890}' },
      'POST',
      '{"a": 12345678901234567890}',
    ],
    [
      { headers: { 'Content-Type': 'application/json' } },
      { body: "{'a': True, 'b': None}" },
      'POST',
      '{"a":true,"b":null}',
    ],
    [{ headers: { 'Content-Type': 'application/json' } }, {}, 'POST', 'null'],
    [{ headers: { 'Content-Type': 'application/json' } }, { body: { a: 1 }, method: 'PATCH' }, 'PATCH', '{"a":1}'],
    [{ headers: { 'Content-Type': 'application/json;charset=utf-8' } }, { body: "{'a': True}" }, 'POST', "{'a': True}"],
    [{ headers: { 'Content-Length': '3' } }, { body: 'longer' }, 'POST', 'longer'],
    [{}, { method: 'DELETE' }, 'DELETE', ''],
    [{}, { method: 'OPTIONS' }, 'OPTIONS', ''],
    [{}, { method: 'PURGE' }, 'PURGE', ''],
    [{}, { method: 'TRACE' }, 'TRACE', ''],
  ])('for %j and %j: %s %s', async (runner, action, method, body) => {
    expect(await bodyOf(runner, action)).toMatchObject({ method, body })
  })

  it('answers HEAD without a body', async () => {
    answers.set('/a', (response) => void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end())
    expect(await httpRun('/a', {}, { method: 'HEAD' })).toMatchObject({ status: 'succeeded', result: { body: '' } })
  })

  it('adds the parameters to the query', async () => {
    answer('/a', 200, {})
    await httpRun('/a?x=1', {}, { params: { q: 'ä b&', n: 5, list: [1, 'z'], none: null, flag: true } })
    expect(seen[0]?.url).toBe('/a?x=1&q=%C3%A4+b%26&n=5&list=1&list=z&flag=True')
  })

  it.each([
    [{ username: 'u', password: 'p:q' }, { auth: 'x:y' }, 'u:p:q'],
    [{ username: 'u' }, {}, 'u:'],
    [{}, { auth: 'x:y:z' }, 'x:y:z'],
  ])('authenticates with %j and %j', async (runner, action, text) => {
    const { headers } = await bodyOf(runner, action)
    expect(headers.authorization).toBe(`Basic ${Buffer.from(text).toString('base64')}`)
  })

  it('takes credentials out of the URL', async () => {
    answer('/a', 200, {})
    await httpRun(`http://us%40er:pw@127.0.0.1:${portOf(plain)}/a`)
    expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('us@er:pw').toString('base64')}`)
  })

  it('sends cookies', async () => {
    expect((await bodyOf({ cookies: { a: '1', b: '2' } }, {})).headers.cookie).toBe('a=1; b=2')
  })

  it('sends a file as a form', async () => {
    const file = { file_name: 'a.txt', file_content: 'line 1\nline 2', file_content_type: 'text/csv' }
    const { method, headers, body } = await bodyOf({ headers: { 'Content-Type': 'text/plain' } }, file)
    expect(method).toBe('POST')
    const [, boundary = ''] = /^multipart\/form-data; boundary=(\w+)$/.exec(headers['content-type'] ?? '') ?? []
    expect(body).toBe(
      `--${boundary}\r\nContent-Disposition: form-data; name="a.txt"; filename="a.txt"\r\nContent-Type: text/csv\r\n\r\n` +
        `line 1\nline 2\r\n--${boundary}--\r\n`,
    )
  })

  it('does nothing with a file that has no content', async () => {
    expect(await bodyOf({}, { file_name: 'a.txt', file_path: '/etc/passwd' })).toMatchObject({
      method: 'GET',
      body: '',
    })
  })
})

describe('http-request: redirects', () => {
  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [301, 'PUT', 'PUT', 'b'],
    [307, 'POST', 'POST', 'b'],
    [308, 'POST', 'POST', 'b'],
    [302, 'HEAD', 'HEAD', ''],
  ])('%i of %s becomes %s', async (status, method, next, body) => {
    answer('/a', status, { Location: '/b?x=1' })
    answer('/b', 200, {}, method === 'HEAD' ? '' : 'there')
    const outcome = await httpRun(
      '/a',
      { allow_redirects: true },
      { method, ...(method === 'HEAD' ? {} : { body: 'b' }) },
    )
    expect(outcome).toMatchObject({ status: 'succeeded', result: { status_code: 200 } })
    expect(seen[1]).toMatchObject({ method: next, url: '/b?x=1', body })
  })

  it('keep cookies that were set, and keep credentials and cookies from another host', async () => {
    answer('/a', 302, { Location: '/b', 'Set-Cookie': 'set=1; Expires=Wed, 01 Jan 2098 00:00:00 GMT; Path=/' })
    answer('/b', 302, { Location: `http://localhost:${portOf(plain)}/c` })
    answer('/c', 200, {})
    await httpRun('/a', { allow_redirects: true, cookies: { own: '2' }, username: 'u', password: 'p' })
    expect(seen.map(({ headers }) => headers.cookie)).toEqual(['own=2', 'own=2; set=1', undefined])
    expect(seen.map(({ headers }) => headers.authorization !== undefined)).toEqual([true, true, false])
  })

  it('end after thirty', async () => {
    answer('/a', 302, { Location: '/a' })
    await expect(httpRun('/a', { allow_redirects: true })).rejects.toThrow('Exceeded 30 redirects.')
    expect(seen).toHaveLength(31)
  })

  it('do not lead out of http', async () => {
    answer('/a', 302, { Location: 'file:///etc/passwd' })
    await expect(httpRun('/a', { allow_redirects: true })).rejects.toThrow('leads to no http or https URL')
  })
})

describe('http-request: lists of hosts', () => {
  const url = (host: string): string => `http://${host}:${portOf(plain)}/a`

  it.each([
    ['127.0.0.1', { url_hosts_blacklist: ['127.0.0.1'] }, 'is blacklisted'],
    ['2130706433', { url_hosts_blacklist: ['127.0.0.1'] }, 'is blacklisted'],
    ['LOCALHOST', { url_hosts_blacklist: ['localhost'] }, 'is blacklisted'],
    ['localhost.', { url_hosts_blacklist: ['localhost'] }, 'is blacklisted'],
    ['[::1]', { url_hosts_blacklist: ['::1'] }, 'is blacklisted'],
    ['127.0.0.1', { url_hosts_whitelist: ['localhost'] }, 'is not whitelisted'],
  ])('%s with %j: %s', async (host, lists, text) => {
    await expect(httpRun(url(host), lists)).rejects.toThrow(`URL "${url(host)}" ${text}`)
    expect(seen).toEqual([])
  })

  it.each([
    [{ url_hosts_blacklist: ['localhost'] }],
    [{ url_hosts_whitelist: ['127.0.0.1'] }],
    [{ url_hosts_whitelist: [], url_hosts_blacklist: null }],
  ])('let 127.0.0.1 pass with %j', async (lists) => {
    answer('/a', 200, {})
    expect((await httpRun('/a', lists)).status).toBe('succeeded')
  })

  it('hold for redirects too', async () => {
    answer('/a', 302, { Location: `http://localhost:${portOf(plain)}/b` })
    const lists = { allow_redirects: true, url_hosts_whitelist: ['127.0.0.1'] }
    await expect(httpRun('/a', lists)).rejects.toThrow('is not whitelisted')
    expect(seen).toHaveLength(1)
  })

  it('exclude each other', async () => {
    const lists = { url_hosts_blacklist: ['a'], url_hosts_whitelist: ['b'] }
    await expect(httpRun('/a', lists)).rejects.toThrow('mutually exclusive')
  })
})

describe('http-request: TLS and proxies', () => {
  const secureUrl = (): string => `https://127.0.0.1:${portOf(secure)}/a`

  it('checks the certificate unless told otherwise', async () => {
    answer('/a', 200, {}, 'secret')
    await expect(httpRun(secureUrl())).rejects.toThrow(/self.signed certificate/)
    expect(await httpRun(secureUrl(), { verify_ssl_cert: false })).toMatchObject({ result: { body: 'secret' } })
  })

  it('asks an http proxy for the whole address', async () => {
    answer('/a', 200, {}, 'through')
    const outcome = await httpRun('/a', { http_proxy: `http://127.0.0.1:${portOf(proxy)}` })
    expect(outcome).toMatchObject({ status: 'succeeded', result: { body: 'through' } })
    expect(proxied).toEqual([`GET http://127.0.0.1:${portOf(plain)}/a`])
  })

  it('tunnels https through a proxy, given without a scheme', async () => {
    answer('/a', 200, {}, 'tunnelled')
    const outcome = await httpRun(secureUrl(), { https_proxy: `127.0.0.1:${portOf(proxy)}`, verify_ssl_cert: false })
    expect(outcome).toMatchObject({ status: 'succeeded', result: { body: 'tunnelled' } })
    expect(proxied).toEqual([`CONNECT 127.0.0.1:${portOf(secure)}`])
  })

  it.each([
    [{}, 1],
    [{ no_proxy: '127.0.0.1' }, 0],
  ])('uses the proxy of the environment, with %j %i times', async (exceptions, times) => {
    answer('/a', 200, {}, 'answered')
    const env = { ...process.env, http_proxy: `http://127.0.0.1:${portOf(proxy)}`, no_proxy: '', ...exceptions }
    await using host = await openHost({ env })
    const url = `http://127.0.0.1:${portOf(plain)}/a`
    expect(await run(host, makeRequest('http-request', { runner_parameters: { url } }))).toMatchObject({
      status: 'succeeded',
      result: { body: 'answered' },
    })
    expect(proxied).toHaveLength(times)
  })

  it('uses each proxy for its own scheme only', async () => {
    answer('/a', 200, {})
    await httpRun('/a', { https_proxy: `http://127.0.0.1:${portOf(proxy)}` })
    expect(proxied).toEqual([])
  })
})

describe('http-request: ends', () => {
  it('is a timeout when no answer comes, or not all of it', async () => {
    answers.set('/never', () => undefined)
    answers.set('/half', (response) => void response.write('half'))
    for (const path of ['/never', '/half']) {
      expect(await httpRun(path, {}, { timeout: 0.2 })).toEqual({
        status: 'timeout',
        result: {
          error: `HTTPConnectionPool(host='127.0.0.1', port=${portOf(plain)}): Read timed out. (read timeout=0.2)`,
        },
      })
    }
  })

  it('is canceled by the signal', async () => {
    const abort = new AbortController()
    answers.set('/never', () => abort.abort())
    const request = makeRequest('http-request', {
      runner_parameters: { url: `http://127.0.0.1:${portOf(plain)}/never` },
    })
    expect((await httpRequestRunner.run(request, collectPieces(), abort.signal)).status).toBe('canceled')
  })

  it.each([
    ['no URL at all', 'not a url', {}, {}, 'Parameter "url": "not a url" is no absolute URL'],
    ['another scheme', 'ftp://h/', {}, {}, 'is neither an http nor an https URL'],
    ['a closed port', 'http://127.0.0.1:1/', {}, {}, 'Request to 127.0.0.1:1 failed: connect ECONNREFUSED'],
    ['a number as header', '/a', { headers: { 'X-A': 5 } }, {}, 'Parameter "headers.X-A" must be a string, got int'],
    ['a bad header', '/a', { headers: { 'X-A': 'a\nb' } }, {}, 'x-a'],
    ['no time', '/a', {}, { timeout: 0 }, 'Parameter "timeout" must be a number of seconds above 0'],
    [
      'a body that is no JSON',
      '/a',
      { headers: { 'Content-Type': 'application/json' } },
      { body: '{a' },
      'Parameter "body"',
    ],
    ['body and file', '/a', {}, { body: 'b', file_name: 'f', file_content: 'c' }, 'exclude each other'],
    ['params that are no object', '/a', {}, { params: 'a=b' }, 'Parameter "params" must be an object, got str'],
  ])('refuses %s', async (_what, url, runner, action, error) => {
    await expect(httpRun(url, runner, action)).rejects.toThrow(new RegExp(error.replace(/[.[\]()]/g, '\\$&'), 'i'))
  })

  it('runs in the host and fails there with error and traceback', async () => {
    await using host = await openHost()
    answer('/a', 200, JSON_TYPE, '[1]')
    const url = `http://127.0.0.1:${portOf(plain)}`
    const at = (path: string, changes = {}): RunRequest =>
      makeRequest('http-request', { runner_parameters: { url: url + path, ...changes } })
    expect(await run(host, at('/a'))).toMatchObject({ status: 'succeeded', result: { body: [1] } })
    expect(await run(host, at('/a', { url_hosts_blacklist: ['127.0.0.1'] }))).toEqual({
      status: 'failed',
      result: { error: `URL "${url}/a" is blacklisted`, traceback: `InvalidError: URL "${url}/a" is blacklisted` },
    })
  })
})
