import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, api, expectStatus, faultOf, type TestApi } from './support/api.ts'
import { startServer } from './support/server.ts'

interface ShownPolicy {
  readonly id: string
  readonly ref: string
  readonly parameters: Record<string, unknown>
}

const stack = new AsyncDisposableStack()
let admin: TestApi

beforeAll(async () => {
  admin = await api(stack.use(await startServer()))
})

afterAll(() => stack.disposeAsync())

function policy(name: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name,
    pack: 'default',
    resource_ref: 'core.noop',
    policy_type: 'action.concurrency',
    parameters: { threshold: 3 },
    ...more,
  }
}

function told(answer: Answer): [number, string | undefined] {
  return [answer.status, faultOf(answer)]
}

describe('policy types', () => {
  it('are the three that govern actions', async () => {
    const types = await admin.get<{ ref: string }[]>('/policytypes')
    expect(types.map(({ ref }) => ref)).toEqual(['action.concurrency', 'action.concurrency.attr', 'action.retry'])
    const [retry] = await admin.get<{ id: string }[]>('/policytypes?name=retry&resource_type=action')
    expect(await admin.get(`/policytypes/${retry?.id}`)).toEqual(retry)
    expect(await admin.get('/policytypes/action.retry')).toEqual(retry)
    expect(await admin.get('/policytypes?resource_type=sensor')).toEqual([])
  })

  it('that do not exist are 404', async () => {
    expect(told(await admin.ask('GET', '/policytypes/action.nope'))).toEqual([
      404,
      'PolicyType with a reference of id "action.nope" not found.',
    ])
  })
})

describe('a policy', () => {
  it('is created with the defaults of its type, found, replaced by ref and id, and removed', async () => {
    const created = expectStatus<ShownPolicy>(await admin.ask('POST', '/policies', { body: policy('few') }), 201)
    expect(created).toMatchObject({
      ref: 'default.few',
      uid: 'policy:default:few',
      enabled: true,
      parameters: { threshold: 3, action: 'delay' },
    })
    expect(await admin.get(`/policies/${created.id}`)).toEqual(created)
    for (const key of ['default.few', created.id]) {
      const body = policy('few', { parameters: { threshold: 4, action: 'cancel' }, pack: undefined })
      expect(expectStatus(await admin.ask('PUT', `/policies/${key}`, { body }), 200)).toMatchObject({
        id: created.id,
        pack: 'default',
        parameters: { threshold: 4, action: 'cancel' },
      })
    }
    expect((await admin.ask('DELETE', '/policies/default.few')).status).toBe(204)
    expect(told(await admin.ask('GET', '/policies/default.few'))).toEqual([
      404,
      'Resource with a reference or id "default.few" not found',
    ])
  })

  it.each([
    [{ frob: 1 }, "Additional properties are not allowed ('frob' was unexpected)"],
    [{ pack: undefined }, "'pack' is a required property"],
    [{ resource_ref: undefined }, "'resource_ref' is a required property"],
    [{ policy_type: 'action.nope' }, 'Referenced policy_type "action.nope" doesnt exist'],
    [{ parameters: {} }, "'threshold' is a required property"],
    [
      { parameters: { threshold: -1 } },
      'parameters.threshold: -1 is less than 0. With 0 executions wait until it is raised; the least that lets one run is 1.',
    ],
    [{ parameters: { threshold: 'many' } }, "'many' is not of type 'integer'"],
    [{ parameters: { threshold: 1, action: 'wait' } }, "'wait' is not one of ['delay', 'cancel']"],
  ])('with %j is refused: %s', async (more, fault) => {
    expect(told(await admin.ask('POST', '/policies', { body: policy('refused', more) }))).toEqual([400, fault])
  })

  it('is one of each type for an action, and one of each name', async () => {
    const first = expectStatus<ShownPolicy>(await admin.ask('POST', '/policies', { body: policy('one') }), 201)
    for (const body of [policy('two'), policy('one', { resource_ref: 'core.local' })]) {
      const answer = await admin.ask('POST', '/policies', { body })
      expect([answer.status, answer.body]).toMatchObject([409, { 'conflict-id': first.id }])
    }
  })

  it('is found in lists by name, pack, action and type', async () => {
    const more = { resource_ref: 'core.local', policy_type: 'action.retry', parameters: { retry_on: 'failure' } }
    expectStatus(await admin.ask('POST', '/policies', { body: policy('again', more) }), 201)
    const names = async (query: string) =>
      (await admin.get<{ name: string }[]>(`/policies?pack=default&${query}`)).map(({ name }) => name)
    expect(await names('')).toEqual(['again', 'one'])
    expect(await names('name=one')).toEqual(['one'])
    expect(await names('resource_ref=core.local')).toEqual(['again'])
    expect(await names('policy_type=action.concurrency')).toEqual(['one'])
    expect(await names('resource_ref=core.local&policy_type=action.concurrency')).toEqual([])
  })
})
