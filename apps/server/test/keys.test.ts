import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, api, expectStatus, faultOf, type ShownExecution, type TestApi } from './support/api.ts'
import { writePack } from './support/pack.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'
import { until } from './support/until.ts'

/** Unlikely anywhere by chance, in any file. */
const SECRET = 'correct-horse-Kx92mQpZ'
const PRIVATE = 'private-of-the-admin'
/** Says how long a parameter is that comes from the pack's configuration, and shows another. */
const PROBE = `name: probe
runner_type: local-shell-script
entry_point: probe.sh
enabled: true
parameters:
  token: { type: string, position: 0, default: '{{ config_context.token }}' }
  who: { type: string, position: 1, default: 'is {{ config_context.who }}' }
  opened: { type: string, position: 2, default: '{{ st2kv.system.s | decrypt_kv }}' }
`
/** @source services.md 8.1 */
const UPSTREAM_KEY = {
  hmacKey: { hmacKeyString: 'ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8', size: 256 },
  aesKeyString: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
  mode: 'CBC',
  size: 256,
}
const UPSTREAM_CIPHERTEXT =
  '3030303030404142434445464748494A4B4C4D4E4F04D5A4D8413C5A4CCE7B86915D3D3F66154F76AB1D8614D0B44079533DF1FA3C9ADA117D'
const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi
let alice: TestApi

beforeAll(async () => {
  const dataDir = join(stack.use(temporaryFolder()).path, 'data')
  writePack(dataDir, 'probes', {
    'actions/probe.yaml': PROBE,
    'actions/probe.sh': '#!/bin/sh\necho "${#1} characters, $2, ${#3} characters"\n',
    'config.schema.yaml': 'token: { type: string, secret: true, required: true }\nwho: { type: string }\n',
  })
  mkdirSync(join(dataDir, 'configs'))
  writeFileSync(
    join(dataDir, 'configs', 'probes.yaml'),
    "token: '{{ st2kv.system.s }}'\nwho: '{{ st2kv.user.called }}'\n",
  )
  server = stack.use(await startServer({ dataDir }))
  admin = await api(server)
  const hash = createHash('sha1').update('wonder').digest('base64')
  appendFileSync(join(dataDir, 'htpasswd'), `alice:{SHA}${hash}\n`)
  alice = await api(server, 'alice', 'wonder')
})

afterAll(() => stack.disposeAsync())

interface RecordedRequest {
  readonly n: number
  readonly name: string
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly status: number
  /** Ids, ciphertexts and times are placeholders. */
  readonly answer?: unknown
}

interface ShownKey {
  readonly id: string
  readonly name: string
  readonly value: string
  readonly user?: string
  readonly scope: string
  readonly expire_timestamp?: string
}

function set(who: TestApi, name: string, body: Record<string, unknown>, query = ''): Promise<Answer> {
  return who.ask('PUT', `/keys/${name}${query}`, { body: { name, ...body } })
}

async function valueOf(who: TestApi, path: string): Promise<string> {
  return (await who.get<ShownKey>(`/keys/${path}`)).value
}

describe('answers what upstream answered to', () => {
  const text = readFileSync(new URL('../conformance/keys.json', import.meta.url), 'utf8')
  const recorded = JSON.parse(text) as RecordedRequest[]
  const shown = new Placeholders()

  beforeAll(async () => {
    // What a sensor of upstream's had stored.
    expectStatus(await set(admin, 'hello_st2.HelloSensor:hello_st2.count', { value: '2' }), 200)
  })

  it.each(recorded.map((request) => [`${request.n} ${request.name}`, request] as const))(
    '%s',
    async (_name, request) => {
      const answer = await admin.ask(
        request.method,
        request.path,
        request.body === undefined ? {} : { body: request.body },
      )
      const { status, body } = answer
      expect({ status, body: shown.in(body) }).toEqual({ status: request.status, body: shown.cut(request.answer) })
      for (const header of ['x-total-count', 'x-limit']) expect(answer.headers.get(header)).toBeNull()
    },
  )
})

describe('nobody reaches the items of another user', () => {
  let id: string

  beforeAll(async () => {
    const answer = await set(admin, 'mine', { value: PRIVATE, scope: 'user' })
    id = expectStatus<ShownKey>(answer, 200).id
    expectStatus(await set(admin, 'a:b', { value: PRIVATE }, '?scope=user'), 200)
    expectStatus(await set(alice, 'hers', { value: 'of alice' }, '?scope=user'), 200)
  })

  it.each([
    'user=st2admin',
    'user=alice&user=st2admin',
    'user=st2admin&scope=system',
    'user=st2admin&scope=all&prefix=m',
    'user=st2admin&decrypt=true',
  ])('by listing with %s: 403', async (query) => {
    const answer = await alice.ask('GET', `/keys?${query}`)
    expect([answer.status, faultOf(answer)]).toEqual([
      403,
      '"user" attribute can only be provided by admins when RBAC is enabled',
    ])
  })

  it.each([
    'scope=user',
    'scope=st2kv.user',
    'scope=all',
    'scope=all&limit=-1',
    'scope=user&prefix=',
    'scope=user&prefix=st2admin:',
    'scope=user&prefix=m',
    'scope=user&prefix=%25',
    'scope=user&user=',
    'scope=user&name=mine',
    'scope=user&name=st2admin:mine',
    'scope=all&name=st2admin:mine',
    'scope=system&prefix=st2admin',
    'scope=all&sort=-name',
    'scope=all&decrypt=true',
  ])('by listing with %s: not in the answer', async (query) => {
    const answer = await alice.ask('GET', `/keys?${query}`)
    expect(answer.status).toBe(200)
    expect(answer.text).not.toContain(PRIVATE)
    const users = (answer.body as ShownKey[]).flatMap(({ user }) => user ?? [])
    expect(users.filter((user) => user !== 'alice')).toEqual([])
  })

  it('by the id of an item', async () => {
    expect(await alice.get(`/keys?scope=all&id=${id}`)).toEqual([])
    expect(await admin.get(`/keys?scope=all&id=${id}`)).toMatchObject([{ name: 'mine', user: 'st2admin' }])
  })

  it.each([
    ['mine?user=st2admin', 403],
    ['mine?scope=user&user=st2admin', 403],
    ['mine?scope=user', 404],
    ['mine?scope=all', 404],
    ['st2admin:mine', 404],
    ['st2admin:mine?scope=user', 404],
    ['st2admin:mine?scope=st2kv.user', 404],
    ['st2admin%3Amine?scope=user', 404],
    ['a:b?scope=user', 404],
    ['st2kv.user.st2admin:mine', 404],
  ])('by getting or deleting %s: %i', async (path, status) => {
    for (const method of ['GET', 'DELETE']) {
      const answer = await alice.ask(method, `/keys/${path}`)
      expect(answer.status).toBe(status)
      expect(answer.text).not.toContain(PRIVATE)
    }
  })

  it.each([
    ['mine', '?user=st2admin', {}, 403],
    ['mine', '?scope=user&user=st2admin', {}, 403],
    ['mine', '', { user: 'st2admin' }, 403],
    ['mine', '', { user: 'st2admin', scope: 'user' }, 403],
    ['mine', '?user=alice', { user: 'st2admin' }, 403],
    ['mine', '?scope=user', {}, 200],
    ['st2admin:mine', '?scope=user', {}, 200],
    ['st2admin:mine', '', { scope: 'user' }, 200],
    ['st2admin:mine', '', {}, 200],
  ])('by writing %s%s %j: %i, and the item stays', async (name, query, more, status) => {
    const answer = await set(alice, name, { value: 'overwritten', ...more }, query)
    expect(answer.status).toBe(status)
    expect(answer.text).not.toContain('"user":"st2admin"')
    expect(await valueOf(admin, 'mine?scope=user')).toBe(PRIVATE)
  })

  it.each([{}, { user: 'st2admin' }, { api_user: 'st2admin' }, { rbac: { user: 'st2admin' } }])(
    'by a template of a request with the context %j',
    async (context) => {
      const message = '[{{ st2kv.user.called }}{{ st2kv.user["st2admin:called"] }}{{ st2kv.user.hers }}]'
      await set(admin, 'called', { value: PRIVATE }, '?scope=user')
      const headers = { 'st2-context': JSON.stringify({ ...context, parent: context }) }
      const body = { action: 'core.echo', parameters: { message }, context }
      const answer = await alice.ask('POST', '/executions', { body, headers })
      const { id: execution } = expectStatus<ShownExecution>(answer, 201)
      expect((await alice.finished(execution)).result).toMatchObject({ stdout: '[of alice]' })
    },
  )

  it('shows the owner his own, colons and all', async () => {
    expect(await admin.get<ShownKey>('/keys/a:b?user=st2admin')).toMatchObject({
      name: 'a:b',
      user: 'st2admin',
      uid: 'key_value_pair:st2kv.user:st2admin:a:b',
    })
    expect(await admin.get('/keys?scope=user&prefix=a:')).toMatchObject([{ name: 'a:b', value: PRIVATE }])
  })
})

describe('an item', () => {
  it.each(['GET', 'PUT', 'DELETE'])('has no slash in its name, percent-encoded or not: %s is 404', async (method) => {
    const request = method === 'PUT' ? { body: { name: 'a/b', value: '1' } } : {}
    for (const path of ['/keys/a%2Fb', '/keys/a%2fb', '/keys/a/b', '/keys/..%2fkeys']) {
      const answer = await admin.ask(method, path, request)
      expect([answer.status, faultOf(answer)]).toEqual([404, 'The resource could not be found.'])
    }
  })

  it.each(['a b', 'ü', '100%', 'a+b', "o'clock", 'x?y#z', '%_', '.hidden', 'a..b'])(
    'may be called %s',
    async (name) => {
      const path = `/keys/${encodeURIComponent(name)}`
      expectStatus(await admin.ask('PUT', path, { body: { name, value: name } }), 200)
      expect(await admin.get(path)).toMatchObject({ name, value: name })
      expect(await admin.get(`/keys?prefix=${encodeURIComponent(name)}`)).toMatchObject([{ name }])
      expect((await admin.ask('DELETE', path)).status).toBe(204)
    },
  )

  it('is gone when its time is over, and stays when it was set again without one', async () => {
    const before = Date.now()
    const short = expectStatus<ShownKey>(await set(admin, 'brief', { value: 'x', ttl: 1 }), 200)
    const end = Date.parse(short.expire_timestamp ?? '')
    expect(end).toBeGreaterThanOrEqual(before + 1000)
    expect(end).toBeLessThanOrEqual(Date.now() + 1000)
    expectStatus(await set(admin, 'kept', { value: 'x', ttl: 1 }), 200)
    const kept = expectStatus<ShownKey>(await set(admin, 'kept', { value: 'y' }), 200)
    expect(kept).not.toHaveProperty('expire_timestamp')
    await until('the item is gone', async () => (await admin.ask('GET', '/keys/brief')).status === 404)
    expect(Date.now()).toBeGreaterThanOrEqual(end)
    expect(await admin.get('/keys?prefix=brief')).toEqual([])
    expect((await admin.ask('DELETE', '/keys/brief')).status).toBe(404)
    expect(await valueOf(admin, 'kept')).toBe('y')
    const again = expectStatus<ShownKey>(await set(admin, 'brief', { value: 'z' }), 200)
    expect(again).toMatchObject({ value: 'z' })
  })

  it.each([0, null])('has no end when it is to live %s seconds', async (ttl) => {
    expectStatus(await set(admin, 'endless', { value: 'x', ttl: 60 }), 200)
    const endless = expectStatus<ShownKey>(await set(admin, 'endless', { value: 'x', ttl }), 200)
    expect(endless).not.toHaveProperty('expire_timestamp')
  })

  it('takes no place on a page when its time is over', async () => {
    for (const name of ['page-1', 'page-2', 'page-3']) {
      expectStatus(await set(admin, name, { value: 'x', ...(name === 'page-3' ? {} : { ttl: 1 }) }), 200)
    }
    await until('they are gone', async () => (await admin.ask('GET', '/keys/page-2')).status === 404)
    expect(await admin.get('/keys?prefix=page-&limit=1')).toMatchObject([{ name: 'page-3' }])
  })

  it('is written where the scope says, and into the own ones for a user without a scope', async () => {
    const places = [
      [{ user: 'st2admin', scope: 'system' }, 'st2kv.system'],
      [{ user: 'st2admin', scope: 'user' }, 'st2kv.user'],
      [{ user: 'st2admin' }, 'st2kv.user'],
      [{ user: '', scope: 'all' }, 'st2kv.system'],
      [{ user: null, scope: null }, 'st2kv.system'],
    ] as const
    for (const [place, scope] of places) {
      expect(expectStatus<ShownKey>(await set(admin, 'placed', { value: 'x', ...place }), 200).scope).toBe(scope)
    }
  })

  it('is one when several write it at once', async () => {
    const writers = Array.from({ length: 20 }, (_, index) => set(admin, 'contended', { value: `${index}` }))
    const answers = await Promise.all(writers)
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(await admin.get('/keys?prefix=contended')).toHaveLength(1)
  })

  it.each([
    ['ttl', { value: 'x', ttl: -1 }, '"ttl" must be a whole number of seconds above 0, not -1.'],
    ['ttl', { value: 'x', ttl: 1e12 }, '"ttl" of 1000000000000 seconds ends after the year 9999.'],
    ['scope', { value: 'x', scope: 5 }, "5 is not of type 'string', 'null'"],
  ])('is refused for a bad %s', async (_name, body, fault) => {
    const answer = await set(admin, 'bad', body)
    expect([answer.status, faultOf(answer)]).toEqual([400, fault])
  })
})

describe('a secret', () => {
  beforeAll(async () => {
    expectStatus(await set(admin, 's', { value: SECRET, secret: true }), 200)
    expectStatus(await set(admin, 'called', { value: 'the admin' }, '?scope=user'), 200)
    expectStatus(await set(admin, 'greeting', { value: 'hello' }), 200)
    expectStatus(await set(admin, 'nested.name', { value: '{{ 1 + 1 }}' }), 200)
  })

  async function echo(who: TestApi, message: string): Promise<ShownExecution> {
    return who.finished((await who.run('core.echo', { message })).id)
  }

  it('is plain text only to those who ask for that', async () => {
    for (const path of ['/keys/s', '/keys', '/keys?scope=all', '/keys?prefix=s&decrypt=false']) {
      expect((await admin.ask('GET', path)).text).not.toContain(SECRET)
    }
    expect(await valueOf(admin, 's?decrypt=true')).toBe(SECRET)
    expect(await admin.get('/keys?prefix=s&decrypt=1')).toContainEqual(
      expect.objectContaining({ name: 's', value: SECRET, secret: true, encrypted: false }),
    )
  })

  it('can be copied as a ciphertext', async () => {
    const value = await valueOf(admin, 's')
    expectStatus(await set(admin, 's2', { value, encrypted: true }), 200)
    expect(await admin.get('/keys/s2?decrypt=true')).toMatchObject({ value: SECRET, secret: true })
    const tampered = `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`
    expect((await set(admin, 's3', { value: tampered, encrypted: true })).status).toBe(400)
  })

  it('is read with a key file and a ciphertext of upstream’s', async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'datastore_key.json')
    writeFileSync(path, JSON.stringify(UPSTREAM_KEY))
    await using other = await startServer({ env: { ST2_KEYVALUE__ENCRYPTION_KEY_PATH: path } })
    const user = await api(other)
    expectStatus(await set(user, 'from-upstream', { value: UPSTREAM_CIPHERTEXT, encrypted: true }), 200)
    expect(await valueOf(user, 'from-upstream?decrypt=true')).toBe('st2 secret')
  })

  it('stands beside plain items in templates', async () => {
    const greeted = await echo(admin, '{{ st2kv.system.greeting }} {{ st2kv.user.called }}{{ st2kv.system.nope }}')
    expect(greeted).toMatchObject({ parameters: { message: 'hello the admin' }, result: { stdout: 'hello the admin' } })
    expect(await echo(admin, '{{ st2kv.system.nested.name }}')).toMatchObject({ result: { stdout: '{{ 1 + 1 }}' } })
  })

  it('is deciphered in a template, and masked in what is shown of the execution', async () => {
    expectStatus(await set(admin, 'shout', { value: 'out-loud', secret: true }), 200)
    const shouted = await echo(admin, '{{ st2kv.system.shout | decrypt_kv }}')
    expect(shouted).toMatchObject({ status: 'succeeded', result: { stdout: 'out-loud' } })
    expect(shouted.parameters).toEqual({ message: '********' })
    expect(JSON.stringify(shouted.liveaction)).not.toContain('out-loud')
  })

  it.each([
    ['that does not exist', '{{ st2kv.system.nope | decrypt_kv }}', '"st2kv.system.nope" doesn\'t exist'],
    ['that is none', '{{ st2kv.system.greeting | decrypt_kv }}', 'is not a ciphertext'],
  ])('%s cannot be deciphered: 400', async (_name, message, reason) => {
    const answer = await admin.ask('POST', '/executions', { body: { action: 'core.echo', parameters: { message } } })
    expect(answer.status).toBe(400)
    expect(faultOf(answer)).toContain(reason)
  })

  it('reaches an action through the configuration of its pack, and nobody sees it', async () => {
    const answer = await admin.ask('POST', '/executions', { body: { action: 'probes.probe' } })
    const execution = await admin.finished(expectStatus<ShownExecution>(answer, 201).id)
    const length = `${SECRET.length} characters`
    expect(execution.result).toMatchObject({ stdout: `${length}, is the admin, ${length}` })
    expect(execution.parameters).toEqual({ token: '********', who: 'is the admin', opened: '********' })
    const paths = [`/executions/${execution.id}`, '/executions?limit=-1', '/configs/probes', '/actions/probes.probe']
    const texts = await Promise.all(paths.map(async (path) => (await admin.ask('GET', path)).text))
    expect(answer.text + texts.join('')).not.toContain(SECRET)
    const rerun = await admin.ask('POST', `/executions/${execution.id}/re_run`, { body: {} })
    expect(rerun.text).not.toContain(SECRET)
    const again = await admin.finished(expectStatus<ShownExecution>(rerun, 201).id)
    expect(again.result).toEqual(execution.result)
  })

  it('of the user scope is looked up for whoever runs the action', async () => {
    expectStatus(await set(alice, 'called', { value: 'alice' }, '?scope=user'), 200)
    const execution = await alice.finished((await alice.run('probes.probe')).id)
    expect(execution.parameters).toMatchObject({ who: 'is alice' })
  })

  it('is in no file of the data folder and in no line of the log', async () => {
    await until('the log is written', () => server.stderr.includes('server is ready'))
    expect(server.stderr).not.toContain(SECRET)
    const files = readdirSync(server.dataDir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(server.dataDir, name))
      .filter((path) => statSync(path).isFile())
    expect(files.some((file) => file.endsWith('st2.sqlite'))).toBe(true)
    expect(files.filter((file) => readFileSync(file).includes(SECRET))).toEqual([])
  })
})

/** What differs from run to run, by names that are given in the order of appearance. */
class Placeholders {
  readonly #ids = new Map<string, string>()

  /** NOTE: what follows "Failed to parse request body:" is the wording of the JSON parser. */
  cut(value: unknown): unknown {
    const text = JSON.stringify(value)
    return text === undefined ? undefined : JSON.parse(text.replace(/(Failed to parse request body:)[^"]*/, '$1'))
  }

  in(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => this.in(item))
    if (typeof value !== 'object' || value === null) return value
    const isCiphertext = 'encrypted' in value && value.encrypted === true
    return this.cut(
      Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, this.#field(key, item, isCiphertext)] as const),
      ),
    )
  }

  #field(key: string, value: unknown, isCiphertext: boolean): unknown {
    const text = String(value)
    if (key === 'id' && /^[0-9a-f]{24}$/.test(text)) return this.#id(text)
    if (key === 'value' && isCiphertext && /^3030303030(?:[0-9A-F]{2})+$/.test(text)) return '{ciphertext}'
    if (key === 'expire_timestamp' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(text)) return '{time}'
    return value
  }

  #id(id: string): string {
    const name = this.#ids.get(id) ?? `{id-${this.#ids.size + 1}}`
    this.#ids.set(id, name)
    return name
  }
}
