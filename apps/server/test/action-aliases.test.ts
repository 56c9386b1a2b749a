import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, api, expectStatus, faultOf, type TestApi } from './support/api.ts'
import { writePack } from './support/pack.ts'
import { startServer, temporaryFolder } from './support/server.ts'

interface ShownAlias {
  readonly id: string
  readonly ref: string
}

const FROM_PACK = `name: call
description: Calls somebody.
action_ref: core.noop
formats:
  - display: call <who>
    representation: ['call {{ who }}', 'ring {{ who }}']
  - 'broken ('
`
const stack = new AsyncDisposableStack()
let admin: TestApi

beforeAll(async () => {
  const dataDir = join(stack.use(temporaryFolder()).path, 'data')
  writePack(dataDir, 'phone', { 'aliases/call.yaml': FROM_PACK })
  admin = await api(stack.use(await startServer({ dataDir })))
})

afterAll(() => stack.disposeAsync())

function alias(name: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { name, pack: 'default', action_ref: 'core.local', formats: [`${name} {{cmd}}`], ...more }
}

function told(answer: Answer): [number, string | undefined] {
  return [answer.status, faultOf(answer)]
}

function match(command: string): Promise<Answer> {
  return admin.ask('POST', '/actionalias/match', { body: { command } })
}

describe('an action alias', () => {
  it('is created, found, replaced by ref and id, and removed', async () => {
    const created = expectStatus<ShownAlias>(await admin.ask('POST', '/actionalias', { body: alias('life') }), 201)
    expect(created).toMatchObject({
      ref: 'default.life',
      uid: 'action_alias:default:life',
      enabled: true,
      ack: {},
      result: {},
      extra: {},
      immutable_parameters: {},
      metadata_file: '',
    })
    expect(await admin.get('/actionalias/default.life')).toEqual(created)
    for (const key of ['default.life', created.id]) {
      const body = alias('life', { description: `By ${key}.`, ack: { enabled: false, format: 'ok' } })
      expect(expectStatus(await admin.ask('PUT', `/actionalias/${key}`, { body }), 200)).toMatchObject({
        id: created.id,
        description: `By ${key}.`,
        ack: { enabled: false, format: 'ok' },
      })
    }
    expect((await admin.ask('DELETE', `/actionalias/${created.id}`)).status).toBe(204)
    expect(told(await admin.ask('GET', '/actionalias/default.life'))).toEqual([
      404,
      'Resource with a reference or id "default.life" not found',
    ])
  })

  it.each([
    [{ frob: 1 }, /^Additional properties are not allowed \('frob' was unexpected\)$/],
    [{ action_ref: undefined }, /^'action_ref' is a required property$/],
    [{ formats: 'run' }, /^'run' is not of type 'array', 'null'$/],
    [{ formats: ['run ('] }, /^formats: "run \(" is no regular expression: .*unterminated subpattern/],
  ])('with %j is refused: %s', async (more, fault) => {
    const answer = await admin.ask('POST', '/actionalias', { body: alias('refused', more) })
    expect(told(answer)).toEqual([400, expect.stringMatching(fault)])
  })

  it('may have null for what may be left out', async () => {
    const nothing = {
      formats: null,
      ack: null,
      result: null,
      extra: null,
      immutable_parameters: null,
      description: null,
    }
    const answer = await admin.ask('POST', '/actionalias', { body: alias('nothing', nothing) })
    const { id: _, ...shown } = expectStatus<ShownAlias>(answer, 201)
    expect(shown).toEqual({
      uid: 'action_alias:default:nothing',
      ref: 'default.nothing',
      name: 'nothing',
      pack: 'default',
      enabled: true,
      action_ref: 'core.local',
      formats: [],
      ack: {},
      result: {},
      extra: {},
      immutable_parameters: {},
      metadata_file: '',
    })
  })

  it('comes with a pack, and what no command can match does no harm', async () => {
    expect(await admin.get('/actionalias?pack=phone')).toMatchObject([{ ref: 'phone.call', action_ref: 'core.noop' }])
    expect(expectStatus(await match('ring me'), 200)).toMatchObject({
      actionalias: { ref: 'phone.call' },
      display: 'call <who>',
      representation: 'ring {{ who }}',
    })
  })
})

describe('matching a command', () => {
  it('follows every change at once', async () => {
    expect(told(await match('speak up'))).toEqual([400, "Command 'speak up' matched no patterns"])
    expectStatus(await admin.ask('POST', '/actionalias', { body: alias('speak') }), 201)
    expect((await match('speak up')).status).toBe(200)
    expectStatus(await admin.ask('POST', '/actionalias', { body: alias('talk', { formats: ['speak {{it}}'] }) }), 201)
    expect(told(await match('speak up'))).toEqual([400, "Command 'speak up' matched more than 1 pattern"])
    const body = alias('talk', { formats: ['speak {{it}}'], enabled: false })
    expectStatus(await admin.ask('PUT', '/actionalias/default.talk', { body }), 200)
    expect((await match('speak up')).status).toBe(200)
    expect((await admin.ask('DELETE', '/actionalias/default.speak')).status).toBe(204)
    expect((await match('speak up')).status).toBe(400)
  })

  it('without one is refused', async () => {
    expect(told(await admin.ask('POST', '/actionalias/match', { body: {} }))).toEqual([
      400,
      "'command' is a required property",
    ])
  })
})

describe('help', () => {
  it('shows what enabled aliases understand, by pack and by filter', async () => {
    expect(await admin.get('/actionalias/help?pack=phone')).toEqual({
      available: 2,
      helpstrings: [
        { pack: 'phone', display: 'call <who>', description: 'Calls somebody.' },
        { pack: 'phone', display: 'broken (', description: 'Calls somebody.' },
      ],
    })
    expect(await admin.get('/actionalias/help?filter=CALL')).toMatchObject({ available: 1 })
    expect(await admin.get('/actionalias/help?pack=phone&limit=1&offset=1')).toMatchObject({
      available: 2,
      helpstrings: [{ display: 'broken (' }],
    })
    expect(await admin.get<{ helpstrings: [] }>('/actionalias/help?pack=phone&limit=0')).toMatchObject({
      helpstrings: [{}, {}],
    })
  })

  it.each([
    ['filter=(', /^filter: /],
    ['limit=-1', /^Limit, "-1" specified, must be a positive number\.$/],
    ['offset=-1', /^Offset "-1" specified, must not be negative\.$/],
    ['limit=x', /^Parameter "limit" is not of type integer$/],
  ])('with %s is refused', async (query, fault) => {
    expect(told(await admin.ask('GET', `/actionalias/help?${query}`))).toEqual([400, expect.stringMatching(fault)])
  })
})
