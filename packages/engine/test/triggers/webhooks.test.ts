import { describe, expect, it } from 'vitest'
import { releaseTrigger } from '../../src/triggers/acquire-trigger.ts'
import { registerTriggerType } from '../../src/triggers/register-trigger-type.ts'
import { receiveWebhook } from '../../src/triggers/webhooks/receive-webhook.ts'
import { ANN } from '../support/test-engine.ts'
import { openTriggerKit, type TriggerKit } from './trigger-kit.ts'

const HOOK = 'core.st2.webhook'

function receive(kit: TriggerKit, hook: string, body: unknown, headers: Record<string, string | string[]> = {}) {
  return receiveWebhook(kit.deps, ANN, { hook, headers, body })
}

it('each trigger of a hook gets an instance, with the headers of the request but its credentials', async () => {
  await using kit = await openTriggerKit()
  const [plain, slashed] = [
    await kit.acquire(HOOK, { url: 'git/push' }),
    await kit.acquire(HOOK, { url: '/git/push/' }),
  ]
  const instances = await receive(
    kit,
    'git/push/',
    { ref: 'main' },
    {
      'x-github-event': 'push',
      'content-type': 'application/json',
      'x-forwarded-for': ['1.1.1.1', '2.2.2.2'],
      authorization: 'Basic eDp5',
      'x-auth-token': 't',
      'st2-api-key': 'k',
      cookie: 'auth-token=t',
    },
  )
  expect(instances.map(({ trigger }) => trigger)).toEqual([plain?.ref, slashed?.ref])
  expect(instances[0]?.payload).toEqual({
    headers: {
      'X-Github-Event': 'push',
      'Content-Type': 'application/json',
      'X-Forwarded-For': '1.1.1.1, 2.2.2.2',
      Authorization: 'Basic eDp5',
    },
    headers_lower: {
      'x-github-event': 'push',
      'content-type': 'application/json',
      'x-forwarded-for': '1.1.1.1, 2.2.2.2',
      authorization: 'Basic eDp5',
    },
    body: { ref: 'main' },
  })
  expect(instances[0]?.trace_context?.trace_tag).toMatch(/^webhook-git\/push-[0-9a-f]{32}$/)
  expect(await kit.instances()).toHaveLength(2)
})

it('the trace tag of the request is the trace tag of the instance and no header', async () => {
  await using kit = await openTriggerKit()
  await kit.acquire(HOOK, { url: 'push' })
  const [instance] = await receive(kit, 'push', [1, 2], { 'St2-Trace-Tag': 'mine' })
  expect(instance?.trace_context).toEqual({ trace_tag: 'mine' })
  expect(instance?.payload).toEqual({ headers: {}, headers_lower: {}, body: [1, 2] })
})

it('hooks come and go with their triggers, also with those of other processes', async () => {
  await using kit = await openTriggerKit()
  const unknown = 'Webhook late not registered with st2'
  await expect(receive(kit, 'late', {})).rejects.toThrow(unknown)
  const trigger = await kit.acquire(HOOK, { url: 'late' })
  const other = await kit.other()
  expect(await other.webhooks.triggersOf('late')).toHaveLength(1)
  expect(await receive(kit, 'late', {})).toHaveLength(1)
  await releaseTrigger(other, trigger?.ref ?? '')
  await expect(receive(kit, 'late', {})).rejects.toThrow(unknown)
  expect(await kit.deps.webhooks.list()).toEqual([])
})

describe('the hook st2 dispatches any trigger', () => {
  it.each(['st2', 'st2/'])('as %s', async (hook) => {
    await using kit = await openTriggerKit()
    await registerTriggerType(kit.deps, { name: 'event', pack: 'test' })
    const [instance] = await receive(kit, hook, { trigger: 'test.event', payload: { a: 'x' } }, { 'x-h': 'v' })
    expect(instance).toMatchObject({ trigger: 'test.event', payload: { a: 'x' } })
    expect(instance?.trace_context?.trace_tag).toMatch(/^webhook-st2-[0-9a-f]{32}$/)
  })

  it.each([
    [{ payload: {} }, 'Trigger not specified.'],
    [{ trigger: '' }, 'Trigger not specified.'],
    [{ trigger: 5 }, "trigger: 5 is not of type 'string'"],
    [{ trigger: 'test.event', payload: 5 }, "payload: 5 is not of type 'object'"],
    [[1], 'Webhook body needs to be an object, got: array'],
    ['text', "'text' is not of type 'object', 'array'"],
    [
      { trigger: 'default.frob' },
      'Trigger payload validation failed and validation is enabled, not dispatching a trigger "default.frob" ({}): ' +
        'Trigger type with reference "default.frob" doesn\'t exist in the database',
    ],
  ])('but refuses %j', async (body, message) => {
    await using kit = await openTriggerKit()
    await registerTriggerType(kit.deps, { name: 'event', pack: 'test' })
    await expect(receive(kit, 'st2', body)).rejects.toThrow(message)
    expect(await kit.instances()).toEqual([])
  })
})
