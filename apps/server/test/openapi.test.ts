import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import {
  actionSchema,
  executionSchema,
  faultSchema,
  type JsonSchema,
  packSchema,
  runnerTypeSchema,
  tokenSchema,
  userViewSchema,
} from '@st2/model'
import { compileValidator } from '@st2/schema'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseCommandLine } from '../src/options.ts'
import { startServer as compose } from '../src/server.ts'
import { ADMIN, ADMIN_PASSWORD, startServer, temporaryFolder, type TestServer } from './support/server.ts'
import { api, type TestApi } from './support/api.ts'
import { writePack } from './support/pack.ts'

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly 'x-permission': string
}

interface OpenapiDocument {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Record<string, unknown>>> }
}

const stack = new AsyncDisposableStack()
let server: TestServer
let admin: TestApi
let document: OpenapiDocument

beforeAll(async () => {
  server = stack.use(await startServer())
  admin = await api(server)
  document = await admin.get<OpenapiDocument>('/openapi.json')
})

afterAll(() => stack.disposeAsync())

/** Every route of a server, as Fastify itself tells it: independent of how the document is made. */
async function registeredRoutes(): Promise<{ method: string; url: string; permission: unknown }[]> {
  const found: { method: string; url: string; permission: unknown }[] = []
  const onFastify = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', ({ method, url, config }) => {
      for (const one of [method].flat()) found.push({ method: one, url, permission: config?.permission })
    })
  }
  using folder = temporaryFolder()
  const options = parseCommandLine(['--port', '0', '--no-direct-ports', '--data-dir', join(folder.path, 'data')])
  if ('show' in options) throw new Error('these options start a server')
  subscribe('fastify.initialization', onFastify)
  try {
    const quiet = { step: () => undefined, problem: () => undefined }
    await (await compose(options, { ST2_ADMIN_PASSWORD: 'x' }, quiet)).stop()
  } finally {
    unsubscribe('fastify.initialization', onFastify)
  }
  return found.filter(({ method, url }) => method !== 'HEAD' && /^\/(api|auth|stream|healthz|readyz)(\/|$)/.test(url))
}

/** What stands under the key `schema`, at any depth. */
function schemasWithin(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'schema' ? [item as Record<string, unknown>] : schemasWithin(item),
  )
}

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const result = await validator.validate({ ...document })
    expect(result.errors).toBeUndefined()
    expect(result.valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  it('has schemas of JSON Schema 2020-12 only', () => {
    const ajv = new Ajv2020()
    const schemas = [...Object.values(document.components.schemas), ...schemasWithin(document.paths)]
    expect(schemas.length).toBeGreaterThan(80)
    const wrong = schemas.filter((schema) => ajv.validateSchema(schema) !== true)
    expect(wrong).toEqual([])
    expect(ajv.validateSchema({ properties: { a: { required: true } } })).toBe(false)
  })

  it('has every route that is registered, with its permission, and no other', async () => {
    const routes = (await registeredRoutes()).map(
      ({ method, url, permission }) =>
        `${method} ${url.replace(/:(\w+)/g, '{$1}').replace('*', '{path}')} ${String(permission)}`,
    )
    const told = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, one]) => `${method.toUpperCase()} ${path} ${one['x-permission']}`),
    )
    expect(routes.length).toBeGreaterThan(35)
    expect(told.sort()).toEqual(routes.sort())
  })

  it('names every operation once', () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('refers only to schemas that it has', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
    const names = new Set(references.map(([, name]) => name))
    expect([...names].filter((name) => !(String(name) in document.components.schemas))).toEqual([])
    expect([...names]).toEqual(expect.arrayContaining(['Action', 'Execution', 'Fault', 'Pack', 'RunnerType', 'Token']))
  })

  it('has no keyword of the dialect left', () => {
    const withFlag = /"required":(true|false)[,}]/.exec(JSON.stringify(document.components.schemas['Execution']))
    expect(withFlag).toBeNull()
    expect(document.components.schemas['ActionCreate']?.['required']).toEqual(['name', 'runner_type'])
  })

  it('is answered under the unversioned path too, and to nobody without a credential', async () => {
    expect((await admin.ask('GET', '/api/openapi.json')).body).toEqual(document)
    expect((await fetch(`${server.api}/openapi.json`)).status).toBe(401)
  })
})

describe('what is answered', () => {
  async function token(): Promise<unknown> {
    const authorization = `Basic ${Buffer.from(`${ADMIN}:${ADMIN_PASSWORD}`).toString('base64')}`
    return (await fetch(`${server.auth}/v1/tokens`, { method: 'POST', headers: { authorization } })).json()
  }

  it.each<[string, JsonSchema, () => Promise<unknown>]>([
    ['actions', { type: 'array', items: closed(actionSchema) }, () => admin.get('/actions')],
    ['runners', { type: 'array', items: closed(runnerTypeSchema) }, () => admin.get('/runnertypes')],
    ['packs', { type: 'array', items: closed(packSchema) }, () => admin.get('/packs')],
    ['a running execution', closed(executionSchema), () => admin.run('core.local', { cmd: 'true' })],
    ['one that ended', closed(executionSchema), async () => admin.finished((await admin.run('core.noop')).id)],
    ['a user', closed(userViewSchema), () => admin.get('/user')],
    ['a token', closed(tokenSchema), token],
    ['a fault', closed(faultSchema), async () => (await admin.ask('GET', '/actions/no.such')).body],
  ])('has the attributes of its schema and no other: %s', async (_what, schema, answer) => {
    const failures = compileValidator(schema).validate(await answer())
    expect(failures.map(({ message, path }) => `${path.join('.')}: ${message}`)).toEqual([])
  })

  /** Documents say what there is; whether there is more is for this test only. */
  function closed(schema: JsonSchema): JsonSchema {
    return { ...schema, additionalProperties: false }
  }
})

describe('POST /packs/register', () => {
  it('counts what it registers', async () => {
    const register = (body: unknown) => admin.ask('POST', '/packs/register', { body })
    const runners = (await admin.get<unknown[]>('/runnertypes')).length
    const core = (await admin.get<unknown[]>('/actions?pack=core')).length
    expect((await register({ packs: ['core'], types: ['actions'] })).body).toEqual({ runners, actions: core })
    const all = await register({})
    expect(all.status).toBe(200)
    expect(Object.keys(Object(all.body)).sort()).toEqual(
      [
        'runners',
        'rule_types',
        'policy_types',
        'triggers',
        'sensors',
        'actions',
        'rules',
        'aliases',
        'policies',
        'configs',
      ].sort(),
    )
  })

  it('names what it could not register, a hundred at most, when that is no failure', async () => {
    const broken = Array.from({ length: 103 }, (_, n) => [`actions/a${n}.yaml`, 'name: [\n'])
    writePack(server.dataDir, 'broken', Object.fromEntries(broken))
    const body = { packs: ['broken'], types: ['action'] }
    const lenient = await admin.ask('POST', '/packs/register', { body: { ...body, fail_on_failure: false } })
    const { problems, ...counts } = Object(lenient.body)
    expect([lenient.status, counts]).toEqual([200, { runners: expect.any(Number), actions: 0 }])
    expect(problems).toHaveLength(101)
    expect(problems[0]).toMatch(/^Failed to register action ".*\/a0\.yaml:\d+" from pack "broken": /)
    expect(problems[100]).toBe('and 3 more problems, which the log tells')
    const strict = await admin.ask('POST', '/packs/register', { body })
    expect(strict.body).toEqual({ faultstring: `${problems[0]} (and 102 more problems)` })
  })

  it('refuses packs that are not there and types that nobody knows', async () => {
    const pack = await admin.ask('POST', '/packs/register', { body: { packs: ['nope'] } })
    expect(pack.status).toBe(400)
    expect(pack.body).toMatchObject({
      faultstring: expect.stringMatching(/^Pack "nope" not found on disk: Directory ".*\/nope" doesn't exist$/),
    })
    const type = await admin.ask('POST', '/packs/register', { body: { types: ['frob'] } })
    expect(type.body).toMatchObject({
      faultstring: expect.stringMatching(/^'frob' is not one of \['all', 'runner', 'action', /),
    })
  })
})

describe('GET /packs/views/files', () => {
  it('shows the texts of a pack', async () => {
    const files = await admin.get<{ file_path: string; content: string }[]>('/packs/views/files/core')
    expect(files.find(({ file_path }) => file_path === 'pack.yaml')?.content).toContain('name: core')
    expect((await admin.ask('GET', '/packs/views/files/nope')).status).toBe(404)
  })
})
