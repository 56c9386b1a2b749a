import { describe, expect, it } from 'vitest'
import { dispatchTrigger, dispatchTriggers } from '../../src/triggers/dispatch-trigger.ts'
import { reEmitTriggerInstance } from '../../src/triggers/re-emit-trigger-instance.ts'
import { registerTriggerType } from '../../src/triggers/register-trigger-type.ts'
import { ANN } from '../support/test-engine.ts'
import { openTriggerKit, type TriggerKit } from './trigger-kit.ts'

const TYPE = {
  name: 'event',
  pack: 'test',
  payload_schema: { type: 'object', properties: { a: { type: 'string' } } },
  parameters_schema: {},
}

async function openKit(more: Parameters<typeof openTriggerKit>[0] = {}): Promise<TriggerKit> {
  const kit = await openTriggerKit(more)
  await registerTriggerType(kit.deps, TYPE)
  return kit
}

it('stores an occurrence that is due at once and wakes the rules engine', async () => {
  await using kit = await openKit()
  const instance = await dispatchTrigger(kit.deps, {
    trigger: 'test.event',
    payload: { a: 'x' },
    traceContext: { trace_tag: 'tag' },
  })
  expect(await kit.instances('test.event')).toEqual([instance])
  expect(instance).toMatchObject({
    trigger: 'test.event',
    payload: { a: 'x' },
    status: 'pending',
    occurrence_time: '2026-01-01T00:00:00.000000Z',
    due_at: kit.clock.now(),
    trace_context: { trace_tag: 'tag' },
  })
  expect(kit.wakes.count).toBe(1)
})

it('what no rule listens to is stored as processed, and wakes nobody', async () => {
  await using kit = await openKit({ mayMatch: () => false })
  const instance = await dispatchTrigger(kit.deps, { trigger: 'test.event', payload: {} })
  expect(instance).toMatchObject({ status: 'processed' })
  expect(instance.due_at).toBeUndefined()
  expect(kit.wakes.count).toBe(0)
})

describe('what is refused is not stored', () => {
  const BEGIN = 'Trigger payload validation failed and validation is enabled, not dispatching a trigger'
  it.each([
    [
      'test.event',
      { a: 5 },
      `${BEGIN} "test.event" ({'a': 5}): 5 is not of type 'string', 'null'\n\nFailed validating 'type' in schema['properties']['a']:\n` +
        "    {'type': ['string', 'null']}\n\nOn instance['a']:\n    5",
    ],
    [
      'default.frob',
      {},
      `${BEGIN} "default.frob" ({}): Trigger type with reference "default.frob" doesn't exist in the database`,
    ],
    [
      'core.st2.webhook',
      {},
      `${BEGIN} "core.st2.webhook" ({}): Trigger with reference "core.st2.webhook" doesn't exist in the database`,
    ],
  ])('%s with %j', async (trigger, payload, message) => {
    await using kit = await openKit()
    await expect(dispatchTrigger(kit.deps, { trigger, payload })).rejects.toThrow(message)
    expect(await kit.instances()).toEqual([])
  })
})

it('lets a payload pass that breaks the schema when validation is off', async () => {
  await using kit = await openKit({ settings: { validateTriggerParameters: true, validateTriggerPayload: false } })
  await dispatchTrigger(kit.deps, { trigger: 'test.event', payload: { a: 5 } })
  expect(await kit.instances('test.event')).toHaveLength(1)
})

it('finds a trigger by its type and parameters', async () => {
  await using kit = await openKit()
  const hook = await kit.acquire('core.st2.webhook', { url: 'x' })
  const instance = await dispatchTrigger(kit.deps, {
    trigger: { type: 'core.st2.webhook', parameters: { url: 'x' } },
    payload: { headers: {}, body: {} },
  })
  expect(instance.trigger).toBe(hook?.ref)
})

it('an event with an id of its own is stored once, also among others that are new', async () => {
  await using kit = await openKit()
  const event = (id: string) => ({ trigger: 'test.event', payload: { a: id }, id: id.padStart(24, '0') })
  await dispatchTriggers(kit.deps, [event('1'), event('2')])
  await dispatchTriggers(kit.deps, [event('2'), event('3')])
  await dispatchTriggers(kit.deps, [event('3')])
  const stored = (await kit.instances('test.event')).map(({ payload }) => payload['a'])
  expect(stored).toHaveLength(3)
  expect(new Set(stored)).toEqual(new Set(['1', '2', '3']))
})

it('events of triggers that do not exist are dropped, the others are stored', async () => {
  await using kit = await openKit()
  await dispatchTriggers(kit.deps, [
    { trigger: 'test.gone', payload: {} },
    { trigger: 'test.event', payload: {} },
  ])
  expect(await kit.instances()).toHaveLength(1)
})

it('re-emits what happened, naming the original, without its trace', async () => {
  await using kit = await openKit()
  const original = await dispatchTrigger(kit.deps, {
    trigger: 'test.event',
    payload: { a: 'x' },
    traceContext: { trace_tag: 'tag' },
  })
  const { instance } = await reEmitTriggerInstance(kit.deps, ANN, original.id)
  expect(instance.payload).toEqual({ a: 'x', __context: { original_id: original.id } })
  expect(instance.trace_context).toBeUndefined()
  expect(await kit.instances('test.event')).toHaveLength(2)
  await expect(reEmitTriggerInstance(kit.deps, ANN, '0'.repeat(24))).rejects.toThrow(
    `Unable to identify resource with id "${'0'.repeat(24)}".`,
  )
})

it('what was processed is claimed no more, and what was not finished in time is claimed again', async () => {
  await using kit = await openKit()
  await dispatchTrigger(kit.deps, { trigger: 'test.event', payload: {} })
  const store = kit.deps.triggerInstances
  const [claimed] = await store.claimDue(10, 1000)
  expect(claimed?.status).toBe('processing')
  expect(await store.claimDue(10, 1000)).toEqual([])
  await kit.clock.advance(1000)
  const [again] = await store.claimDue(10, 1000)
  if (claimed === undefined || again === undefined) throw new Error('not claimed')
  expect(await store.finish(claimed, 'processed')).toBeNull()
  expect(await store.finish(again, 'processed')).toMatchObject({ status: 'processed' })
  await kit.clock.advance(5000)
  expect(await store.claimDue(10, 1000)).toEqual([])
})
