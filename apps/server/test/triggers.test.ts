import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, api, expectStatus, faultOf, type TestApi } from './support/api.ts'
import { startServer } from './support/server.ts'

interface ShownTrigger {
  readonly id: string
  readonly ref: string
  readonly uid: string
  readonly type: string
  readonly parameters: Record<string, unknown>
}

interface ShownInstance {
  readonly id: string
  readonly trigger: string
  readonly payload: Record<string, unknown>
  readonly status: string
  readonly occurrence_time: string
}

const NO_ID = '5f0000000000000000000000'
const stack = new AsyncDisposableStack()
let admin: TestApi

beforeAll(async () => {
  admin = await api(stack.use(await startServer()))
})

afterAll(() => stack.disposeAsync())

function told(answer: Answer): [number, string | undefined] {
  return [answer.status, faultOf(answer)]
}

const TYPE = {
  name: 'door',
  pack: 'default',
  payload_schema: { type: 'object', properties: { open: { type: 'boolean' } } },
}

describe('a trigger type', () => {
  it('is created, with the trigger of its name, replaced and removed', async () => {
    const type = expectStatus<{ id: string }>(await admin.ask('POST', '/triggertypes', { body: TYPE }), 201)
    expect(type).toMatchObject({
      ref: 'default.door',
      uid: 'trigger_type:default:door',
      parameters_schema: {},
      tags: [],
    })
    const of = () => admin.get<ShownTrigger[]>('/triggers?type=default.door')
    expect(await of()).toMatchObject([{ ref: 'default.door', parameters: {} }])
    for (const key of ['default.door', type.id]) {
      const body = { ...TYPE, description: `By ${key}.`, frob: 1 }
      expect(expectStatus(await admin.ask('PUT', `/triggertypes/${key}`, { body }), 200)).toMatchObject({
        id: type.id,
        description: `By ${key}.`,
      })
    }
    expect((await admin.ask('DELETE', '/triggertypes/default.door')).status).toBe(204)
    expect(await of()).toEqual([])
    expect((await admin.ask('GET', '/triggertypes/default.door')).status).toBe(404)
  })

  it('of the pack core can be neither replaced nor removed', async () => {
    const fault = "Resources belonging to system level packs can't be manipulated"
    const path = '/triggertypes/core.st2.webhook'
    expect(told(await admin.ask('PUT', path, { body: { name: 'st2.webhook', pack: 'core' } }))).toEqual([400, fault])
    expect(told(await admin.ask('DELETE', path))).toEqual([400, fault])
  })

  it('is found in lists by id, name and pack, by ref in order', async () => {
    const refs = async (query: string) =>
      (await admin.get<{ ref: string }[]>(`/triggertypes?${query}`)).map(({ ref }) => ref)
    const all = await refs('pack=core&limit=-1')
    expect(all).toEqual(all.toSorted())
    expect(await refs('name=st2.CronTimer,st2.DateTimer')).toEqual(['core.st2.CronTimer', 'core.st2.DateTimer'])
    expect(await refs('name=st2.CronTimer,st2.DateTimer&sort=-name')).toEqual([
      'core.st2.DateTimer',
      'core.st2.CronTimer',
    ])
    expect(await refs('pack=nope')).toEqual([])
  })
})

describe('a trigger', () => {
  it('is created once, replaced and removed by id', async () => {
    const body = { name: 'knock', pack: 'default', type: 'default.nowhere', parameters: { at: 'door' } }
    const trigger = expectStatus<ShownTrigger>(await admin.ask('POST', '/triggers', { body }), 201)
    expect(trigger.uid).toMatch(/^trigger:default:knock:[0-9a-f]{32}$/)
    expect(Object.keys(trigger)).not.toEqual(expect.arrayContaining(['ref_count']))
    const again = await admin.ask('POST', '/triggers', { body: { ...body, parameters: {} } })
    expect(expectStatus(again, 201)).toEqual(trigger)
    const path = `/triggers/${trigger.id}`
    const changed = { ...body, id: trigger.id, description: 'Somebody knocks.' }
    expect(expectStatus(await admin.ask('PUT', path, { body: changed }), 200)).toMatchObject({
      description: 'Somebody knocks.',
    })
    expect((await admin.ask('DELETE', path)).status).toBe(204)
    expect(told(await admin.ask('GET', path))).toEqual([404, `Unable to identify resource with id "${trigger.id}".`])
  })

  it.each([
    [{ name: 'x' }, "'type' is a required property"],
    [{ name: 'x', type: 'a.b' }, "'pack' is a required property"],
    [{ name: 'x', pack: 'p', type: 5 }, "5 is not of type 'string'"],
  ])('with %j is refused: %s', async (body, fault) => {
    expect(told(await admin.ask('POST', '/triggers', { body }))).toEqual([400, fault])
  })

  it('list of all answers the question for no type, as the official client asks it', async () => {
    const all = await admin.ask('GET', '/triggers?type=None')
    expect((all.body as ShownTrigger[]).length).toBeGreaterThan(5)
    expect(all.headers.get('x-total-count')).toBeNull()
  })
})

describe('timers', () => {
  const timer = (name: string, type: string, parameters: Record<string, unknown>) => ({
    name,
    pack: 'default',
    trigger: { type, parameters },
    action: { ref: 'core.noop' },
  })

  beforeAll(async () => {
    for (const body of [
      timer('often', 'core.st2.IntervalTimer', { unit: 'hours', delta: 5 }),
      timer('early', 'core.st2.CronTimer', { hour: 5 }),
      timer('once', 'core.st2.DateTimer', { date: '2049-12-31 23:59:59' }),
    ]) {
      expectStatus(await admin.ask('POST', '/rules', { body }), 201)
    }
  })

  it('are listed, all or of one type, and found by id and ref', async () => {
    const timers = await admin.get<ShownTrigger[]>('/timers')
    expect([...new Set(timers.map(({ type }) => type))].toSorted()).toEqual([
      'core.st2.CronTimer',
      'core.st2.DateTimer',
      'core.st2.IntervalTimer',
    ])
    const [cron] = await admin.get<ShownTrigger[]>('/timers?timer_type=core.st2.CronTimer')
    expect(cron).toMatchObject({ type: 'core.st2.CronTimer', parameters: { hour: 5 } })
    expect(await admin.get(`/timers/${cron?.id}`)).toEqual(cron)
    expect(await admin.get(`/timers/${cron?.ref}`)).toEqual(cron)
    expect(await admin.get('/timers?name=nope')).toEqual([])
  })

  it('of no known type are refused, and of no known id not found', async () => {
    expect(told(await admin.ask('GET', '/timers?timer_type=core.st2.webhook'))).toEqual([
      400,
      "Timer type core.st2.webhook is not in supported types - ['core.st2.IntervalTimer', 'core.st2.DateTimer', 'core.st2.CronTimer'].",
    ])
    expect(told(await admin.ask('GET', `/timers/${NO_ID}`))).toEqual([
      404,
      `Resource with a reference or id "${NO_ID}" not found`,
    ])
  })
})

describe('sensors', () => {
  const names = async (query: string) =>
    (await admin.get<{ name: string }[]>(`/sensortypes?${query}`)).map(({ name }) => name)

  it('come with packs, and are found by name, pack, trigger type and state', async () => {
    const [sensor] = await admin.get<{ id: string; ref: string }[]>('/sensortypes?pack=linux')
    expect(sensor).toMatchObject({ ref: 'linux.FileWatchSensor', trigger_types: ['linux.file_watch.line'] })
    expect(await admin.get(`/sensortypes/${sensor?.id}`)).toEqual(sensor)
    expect(await names('trigger=linux.file_watch.line')).toEqual(['FileWatchSensor'])
    expect(await names('trigger=linux.nope')).toEqual([])
    expect(await names('name=FileWatchSensor&pack=linux&enabled=true')).toEqual(['FileWatchSensor'])
  })

  it('are disabled and enabled; nothing else about them changes', async () => {
    const path = '/sensortypes/linux.FileWatchSensor'
    const before = await admin.get<object>(path)
    // NOTE: what does not say that it is enabled is disabled, as upstream has it.
    expect(expectStatus(await admin.ask('PUT', path, { body: {} }), 200)).toEqual({ ...before, enabled: false })
    expect(await names('pack=linux&enabled=1')).toEqual([])
    const body = { ...before, name: 'Other', enabled: true }
    expect(expectStatus(await admin.ask('PUT', path, { body }), 200)).toEqual(before)
  })

  it('that do not exist are 404', async () => {
    const fault = 'Resource with a reference or id "linux.Nope" not found'
    expect(told(await admin.ask('GET', '/sensortypes/linux.Nope'))).toEqual([404, fault])
    expect(told(await admin.ask('PUT', '/sensortypes/linux.Nope', { body: { enabled: true } }))).toEqual([404, fault])
    expect(told(await admin.ask('GET', '/sensortypes?enabled=x'))).toEqual([
      400,
      'Invalid bool representation "x" provided.',
    ])
  })
})

describe('trigger instances', () => {
  let instances: readonly ShownInstance[]

  beforeAll(async () => {
    expectStatus(await admin.ask('POST', '/triggertypes', { body: { name: 'bell', pack: 'default' } }), 201)
    for (const n of [1, 2, 3]) {
      const body = { trigger: 'default.bell', payload: { n } }
      expectStatus(await admin.ask('POST', '/webhooks/st2', { body }), 202)
    }
    instances = await admin.get<ShownInstance[]>('/triggerinstances?trigger=default.bell')
  })

  function numbers(found: readonly ShownInstance[]): unknown[] {
    return found.map(({ payload }) => payload['n'])
  }

  it('are listed newest first, without what the server works by', () => {
    expect(numbers(instances)).toEqual([3, 2, 1])
    for (const instance of instances) {
      expect(Object.keys(instance).toSorted()).toEqual(['id', 'occurrence_time', 'payload', 'status', 'trigger'])
    }
  })

  it.each([
    ['trigger_type=default.bell&limit=2', [3, 2]],
    ['trigger_type=default.bell&limit=2&offset=1', [2, 1]],
    ['trigger=default.bell&sort=timestamp', [1, 2, 3]],
    ['trigger=default.bell&status=processing_failed', []],
    ['trigger=default.bell&id={id}', [2]],
    ['trigger=default.bell&timestamp_gt=2000-01-01T00:00:00Z', [3, 2, 1]],
    ['trigger=default.bell&timestamp_lt=2000-01-01T00:00:00.000Z', []],
    ['trigger_type=default.nope', []],
  ])('are listed with %s', async (query, found) => {
    const filled = query.replace('{id}', instances[1]?.id ?? '')
    expect(numbers(await admin.get<ShownInstance[]>(`/triggerinstances?${filled}`))).toEqual(found)
  })

  it('are counted, and limited to 100', async () => {
    const answer = await admin.ask('GET', '/triggerinstances?trigger=default.bell')
    expect([answer.headers.get('x-total-count'), answer.headers.get('x-limit')]).toEqual(['3', '100'])
  })

  it('show only what is asked for', async () => {
    const [first] = await admin.get<object[]>(
      '/triggerinstances?trigger=default.bell&include_attributes=payload&limit=1',
    )
    expect(first).toEqual({ id: instances[0]?.id, payload: { n: 3 } })
  })

  it('of a type with very many triggers are found all the same, in one order', async () => {
    const wide = {
      name: 'wide',
      pack: 'default',
      parameters_schema: { type: 'object', properties: { n: { type: 'integer' } } },
    }
    expectStatus(await admin.ask('POST', '/triggertypes', { body: wide }), 201)
    const numbered = Array.from({ length: 1001 }, (_, n) => n)
    for (let from = 0; from < numbered.length; from += 50) {
      const some = numbered.slice(from, from + 50).map(async (n) => {
        const body = { name: `wide${n}`, pack: 'default', type: 'default.wide', parameters: { n } }
        expectStatus(await admin.ask('POST', '/triggers', { body }), 201)
      })
      await Promise.all(some)
    }
    for (const n of [1000, 0, 500]) {
      const body = { trigger: `default.wide${n}`, payload: { n } }
      expectStatus(await admin.ask('POST', '/webhooks/st2', { body }), 202)
    }
    const found = (query: string) => admin.ask('GET', `/triggerinstances?trigger_type=default.wide${query}`)
    const all = await found('')
    expect([numbers(all.body as ShownInstance[]), all.headers.get('x-total-count')]).toEqual([[500, 0, 1000], '3'])
    expect(numbers((await found('&sort=timestamp&offset=1&limit=1')).body as ShownInstance[])).toEqual([0])
  })

  it('happen once more under a new id, with a note of the first', async () => {
    const [{ id } = { id: '' }] = instances
    const answer = await admin.ask('POST', `/triggerinstances/${id}/re_emit`, { body: 'null' })
    expect(expectStatus(answer, 200)).toEqual({
      message: `Trigger instance ${id} succesfully re-sent.`,
      payload: { n: 3, __context: { original_id: id } },
    })
    const [again] = await admin.get<ShownInstance[]>('/triggerinstances?trigger=default.bell&limit=1')
    expect(again).toMatchObject({ payload: { n: 3, __context: { original_id: id } } })
    expect(again?.id).not.toBe(id)
  })

  it('that do not exist are 404', async () => {
    const fault = `Unable to identify resource with id "${NO_ID}".`
    expect(told(await admin.ask('GET', `/triggerinstances/${NO_ID}`))).toEqual([404, fault])
    expect(told(await admin.ask('POST', `/triggerinstances/${NO_ID}/re_emit`))).toEqual([404, fault])
  })
})
