import { describe, expect, it } from 'vitest'
import { createTriggerType, removeTriggerType, updateTriggerType } from '../../src/triggers/edit-trigger-types.ts'
import { createTrigger, removeTrigger, updateTrigger } from '../../src/triggers/edit-triggers.ts'
import { internalTriggerTypes } from '../../src/triggers/internal-trigger-types.ts'
import { registerTriggerType } from '../../src/triggers/register-trigger-type.ts'
import { setSensorEnabled } from '../../src/triggers/sensors/set-sensor-enabled.ts'
import { ANN } from '../support/test-engine.ts'
import { openTriggerKit } from './trigger-kit.ts'

const TYPE = { name: 'tt', pack: 'default', description: 'A type' }

describe('trigger types', () => {
  it('one without parameters comes and goes with its trigger', async () => {
    await using kit = await openTriggerKit()
    const type = await createTriggerType(kit.deps, ANN, TYPE)
    expect(type).toMatchObject({ ref: 'default.tt', uid: 'trigger_type:default:tt', payload_schema: {}, tags: [] })
    expect(await kit.deps.triggers.findByRef('default.tt')).toMatchObject({ type: 'default.tt', parameters: {} })
    await expect(createTriggerType(kit.deps, ANN, TYPE)).rejects.toThrow('Tried to save duplicate unique keys')
    await removeTriggerType(kit.deps, ANN, type.id)
    expect(await kit.deps.triggers.findByRef('default.tt')).toBeNull()
    await expect(removeTriggerType(kit.deps, ANN, 'default.tt')).rejects.toThrow(
      'Resource with a reference or id "default.tt" not found',
    )
  })

  it('an update resets what it leaves out and keeps the id', async () => {
    await using kit = await openTriggerKit()
    const { id } = await createTriggerType(kit.deps, ANN, TYPE)
    const schema = { type: 'object' }
    const updated = await updateTriggerType(kit.deps, ANN, 'default.tt', {
      name: 'tt',
      pack: 'default',
      payload_schema: schema,
    })
    expect(updated).toMatchObject({ id, payload_schema: schema })
    expect(updated.description).toBeUndefined()
  })

  it('those of pack core stay as they are', async () => {
    await using kit = await openTriggerKit()
    const refused = "Resources belonging to system level packs can't be manipulated"
    await expect(updateTriggerType(kit.deps, ANN, 'core.st2.webhook', TYPE)).rejects.toThrow(refused)
    await expect(removeTriggerType(kit.deps, ANN, 'core.st2.webhook')).rejects.toThrow(refused)
  })

  it('registering again writes nothing and keeps ids', async () => {
    await using kit = await openTriggerKit()
    const before = await kit.deps.triggerTypes.list()
    const heard: string[] = []
    await kit.bus.subscribe('st2.trigger_type', () => heard.push('type'))
    for (const type of internalTriggerTypes({ hasActionTrigger: true })) await registerTriggerType(kit.deps, type)
    expect(heard).toEqual([])
    expect(await kit.deps.triggerTypes.list()).toEqual(before)
    expect(before.total).toBe(14)
    expect(internalTriggerTypes({ hasActionTrigger: false }).map(({ name }) => name)).not.toContain(
      'st2.generic.actiontrigger',
    )
  })
})

describe('triggers', () => {
  it('one that is there already is answered as it is', async () => {
    await using kit = await openTriggerKit()
    const request = { name: 'tr', pack: 'default', type: 'default.nope', parameters: { a: 1 } }
    const trigger = await createTrigger(kit.deps, ANN, request)
    expect(await createTrigger(kit.deps, ANN, { ...request, parameters: {} })).toEqual(trigger)
    await removeTrigger(kit.deps, ANN, trigger.id)
    await expect(removeTrigger(kit.deps, ANN, trigger.id)).rejects.toThrow(
      `Unable to identify resource with id "${trigger.id}".`,
    )
  })

  it('a second one with equal parameters may have another name, and rules keep the first', async () => {
    await using kit = await openTriggerKit()
    await createTriggerType(kit.deps, ANN, TYPE)
    const named = await createTrigger(kit.deps, ANN, {
      name: 'other',
      pack: 'default',
      type: 'default.tt',
      parameters: {},
    })
    expect(named.ref).toBe('default.other')
    expect((await kit.deps.triggers.findByParameters('default.tt', {}))?.ref).toBe('default.tt')
    const updated = await updateTrigger(kit.deps, ANN, named.id, { ...named, description: 'mine' })
    expect(updated).toMatchObject({ id: named.id, description: 'mine' })
  })

  it.each([
    [{ name: 'x' }, "'pack' is a required property"],
    [{ pack: 'x' }, "'name' is a required property"],
    [{ name: 'x', pack: 'y' }, "'type' is a required property"],
    [
      { name: 'x', pack: 'y', type: 'core.st2.CronTimer', parameters: { minute: '99' } },
      "Error validating expression '99': the last value (99) is higher than the maximum value (59)",
    ],
    [{ name: 'x', pack: 'y', type: 'core.st2.webhook', parameters: { frob: 1 } }, "('frob' was unexpected)"],
  ])('%j is refused', async (request, message) => {
    await using kit = await openTriggerKit()
    await expect(createTrigger(kit.deps, ANN, request as Parameters<typeof createTrigger>[2])).rejects.toThrow(message)
  })
})

it('a sensor is switched on and off, and everybody hears of it', async () => {
  await using kit = await openTriggerKit()
  const sensor = {
    id: '1'.repeat(24),
    uid: 'sensor_type:test:S',
    ref: 'test.S',
    name: 'S',
    pack: 'test',
    trigger_types: ['test.event'],
    enabled: true,
  }
  await kit.deps.sensorTypes.create(sensor)
  const heard: unknown[] = []
  await kit.deps.sensorTypes.onChange(
    (event) => heard.push(event),
    () => undefined,
  )
  expect(await setSensorEnabled(kit.deps, ANN, 'test.S', false)).toEqual({ ...sensor, enabled: false })
  expect(heard).toEqual([{ kind: 'update', document: { ...sensor, enabled: false } }])
  expect((await kit.deps.sensorTypes.list({ filter: { enabled: true } })).total).toBe(0)
  expect((await kit.deps.sensorTypes.list({ filter: { trigger: 'test.event' } })).total).toBe(1)
})
