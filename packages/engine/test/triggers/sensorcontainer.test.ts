import { InvalidError, type SensorType, tokens as tokenCollection } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { TokenStore } from '../../src/access/token-store.ts'
import { InProcessCoordinator } from '../../src/adapters/in-process/coordinator.ts'
import { systemIds } from '../../src/adapters/system/ids.ts'
import { PackFiles } from '../../src/content/pack-files.ts'
import { sensorcontainer, type SensorcontainerDeps } from '../../src/services/sensorcontainer.ts'
import type { RunningService } from '../../src/services/service.ts'
import { acquireTrigger, releaseTrigger } from '../../src/triggers/acquire-trigger.ts'
import { registerTriggerType } from '../../src/triggers/register-trigger-type.ts'
import { setSensorEnabled } from '../../src/triggers/sensors/set-sensor-enabled.ts'
import { ANN, until } from '../support/test-engine.ts'
import { type ScriptedRun, ScriptedSensorHost } from './scripted-sensor-host.ts'
import { openTriggerKit, type TriggerKit } from './trigger-kit.ts'

const SPAWN = 'core.st2.sensor.process_spawn'
const EXIT = 'core.st2.sensor.process_exit'

interface SensorKit extends AsyncDisposable {
  readonly kit: TriggerKit
  readonly host: ScriptedSensorHost
  readonly tokens: TokenStore
  readonly coordinator: InProcessCoordinator
  start(more?: Partial<SensorcontainerDeps>): Promise<RunningService>
  /** The nth process that was started, from 1. */
  run(number: number): Promise<ScriptedRun>
  sensor(name: string, more?: Partial<SensorType>): Promise<SensorType>
}

async function openSensorKit(): Promise<SensorKit> {
  const kit = await openTriggerKit()
  const host = new ScriptedSensorHost()
  const tokens = new TokenStore(
    kit.store,
    kit.clock,
    systemIds(() => kit.clock.now()),
  )
  const coordinator = new InProcessCoordinator({ clock: kit.clock, log: kit.log })
  const started: RunningService[] = []
  await registerTriggerType(kit.deps, { name: 'seen', pack: 'test' })
  await registerTriggerType(kit.deps, {
    name: 'line',
    pack: 'test',
    payload_schema: { type: 'object', properties: { a: { type: 'string' } } },
    parameters_schema: { type: 'object', properties: { file: { type: 'string' } } },
  })
  return {
    kit,
    host,
    tokens,
    coordinator,
    async start(more = {}) {
      const service = await sensorcontainer({
        ...kit.deps,
        coordinator,
        host,
        tokens,
        packFiles: new PackFiles([], 10),
        packConfig: async (pack) => ({ of: pack }),
        sensors: { apiUrl: () => 'http://127.0.0.1:1/api', serviceTokenTtl: 3600 },
        partition: { provider: { name: 'default' }, node: 'sensornode1', readKey: async () => null },
        onlyRef: null,
        isSingleMode: false,
        ...more,
      }).start()
      started.push(service)
      return service
    },
    run: (number) => until(() => host.runs[number - 1]),
    async sensor(name, more = {}) {
      const sensor: SensorType = {
        id: (started.length + name.charCodeAt(0)).toString(16).padStart(24, '0'),
        uid: `sensor_type:test:${name}`,
        ref: `test.${name}`,
        name,
        pack: 'test',
        artifact_uri: `file:///packs/test/sensors/${name}.py`,
        entry_point: `${name}.${name}`,
        trigger_types: ['test.seen', 'test.line'],
        enabled: true,
        ...more,
      }
      await kit.deps.sensorTypes.create(sensor)
      return sensor
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(started.map((service) => service.stop(0)))
      await kit[Symbol.asyncDispose]()
    },
  }
}

/** Waits until the process is over and its sensor waits for its next start. */
async function waiting(kit: TriggerKit): Promise<void> {
  await until(async () => (await kit.store.count(tokenCollection, [])) === 0)
  await until(() => kit.clock.pendingTimers > 0)
}

it('starts what is enabled, with its configuration and tokens, and tells of the start', async () => {
  await using sensors = await openSensorKit()
  await sensors.sensor('Off', { enabled: false })
  await sensors.sensor('Poller', { poll_interval: 7 })
  await sensors.start()
  const { spec } = await sensors.run(1)
  expect(spec).toMatchObject({
    ref: 'test.Poller',
    pack: 'test',
    class_name: 'Poller',
    file_path: '/packs/test/sensors/Poller.py',
    pack_path: null,
    trigger_types: ['test.seen', 'test.line'],
    poll_interval: 7,
    config: { of: 'test' },
    env: { ST2_API_URL: 'http://127.0.0.1:1/api/v1' },
  })
  expect(await sensors.tokens.find(spec.env['ST2_AUTH_TOKEN'] ?? '')).toMatchObject({
    user: 'sensors_container',
    service: true,
  })
  expect((await sensors.tokens.find(spec.datastore_token))?.user).toBe('sensor_service')
  const spawned = await until(async () => (await sensors.kit.instances(SPAWN))[0])
  expect(spawned.payload).toEqual({ id: 'Poller', timestamp: 1767225600, pid: 1001, cmd: 'python sensor Poller' })
  expect(sensors.host.runs).toHaveLength(1)
})

it('a sensor is told of the triggers there are, then of each that comes, changes or goes', async () => {
  await using sensors = await openSensorKit()
  const { kit } = sensors
  const type = await kit.deps.triggerTypes.findByRef('test.line')
  if (type === null) throw new Error('no type')
  const first = await acquireTrigger(kit.deps, type, { file: 'a' })
  await sensors.sensor('Watcher', { trigger_types: ['test.line'] })
  await sensors.start()
  const run = await sensors.run(1)
  await until(() => run.told.length === 1)
  const second = await acquireTrigger(kit.deps, type, { file: 'b' })
  await kit.acquire('core.st2.webhook', { url: 'other' })
  await acquireTrigger(kit.deps, type, { file: 'b' })
  await releaseTrigger(kit.deps, first?.ref ?? '')
  await until(() => run.told.length === 3)
  expect(run.told).toEqual([
    ['create', first?.ref],
    ['create', second?.ref],
    ['delete', first?.ref],
  ])
  expect(Object.keys(run.triggers[0] ?? {}).toSorted()).toEqual([
    'id',
    'name',
    'pack',
    'parameters',
    'ref',
    'type',
    'uid',
  ])
})

describe('what a sensor sees', () => {
  it('is durable when its call returns', async () => {
    await using sensors = await openSensorKit()
    await sensors.sensor('S')
    await sensors.start()
    const { io } = await sensors.run(1)
    await io.dispatch({ trigger: 'test.seen', payload: { a: 1 }, trace_context: { trace_tag: 't' } })
    expect(await sensors.kit.instances('test.seen')).toMatchObject([
      { payload: { a: 1 }, trace_context: { trace_tag: 't' } },
    ])
  })

  it('may name its trigger as a document, by its name, or by type and parameters', async () => {
    await using sensors = await openSensorKit()
    await sensors.sensor('S')
    const type = await sensors.kit.deps.triggerTypes.findByRef('test.line')
    if (type === null) throw new Error('no type')
    const trigger = await acquireTrigger(sensors.kit.deps, type, { file: 'a' })
    await sensors.start()
    const { io } = await sensors.run(1)
    await io.dispatch({ trigger: { id: trigger?.id, ref: trigger?.ref, type: 'test.line' }, payload: null })
    await io.dispatch({ trigger: { pack: 'test', name: trigger?.name }, payload: {} })
    await io.dispatch({ trigger: { type: 'test.line', parameters: { file: 'a' } }, payload: {} })
    expect(await sensors.kit.instances(trigger?.ref)).toHaveLength(3)
  })

  it.each([
    [{ trigger: 'test.nope', payload: {} }, "doesn't exist in the database"],
    [{ trigger: { type: 'test.line', parameters: { file: 'none' } }, payload: {} }, "doesn't exist in the database"],
    [{ trigger: 'test.seen', payload: [1] }, "payload: [1] is not of type 'object'"],
    [{ trigger: 5, payload: {} }, 'trigger: 5 names no trigger'],
  ])('is dropped with a reason when it cannot be stored: %j', async (event, reason) => {
    await using sensors = await openSensorKit()
    await sensors.sensor('S')
    await sensors.start()
    const { io } = await sensors.run(1)
    await io.dispatch(event)
    expect(sensors.kit.log.lines).toContainEqual({
      level: 'warn',
      fields: { sensor: 'test.S', reason: expect.stringContaining(reason) },
      message: 'an event of a sensor was dropped',
    })
  })
})

describe('a sensor that ends', () => {
  it('with a failure is started again twice, later each time, and then given up', async () => {
    await using sensors = await openSensorKit()
    const { kit } = sensors
    await sensors.sensor('S')
    await sensors.start()
    const first = await sensors.run(1)
    first.io.output('stderr', 'ImportError: no module named frob\n')
    first.end(1)
    await waiting(kit)
    await kit.clock.advance(2499)
    expect(sensors.host.runs).toHaveLength(1)
    await kit.clock.advance(1)
    const second = await sensors.run(2)
    second.end(2)
    await waiting(kit)
    await kit.clock.advance(4999)
    expect(sensors.host.runs).toHaveLength(2)
    await kit.clock.advance(1)
    const third = await sensors.run(3)
    third.end(3)
    await until(() => kit.log.lines.some(({ message }) => message === 'sensor is given up: it failed too often'))
    await kit.clock.advance(60_000)
    expect(sensors.host.runs).toHaveLength(3)
    expect((await kit.instances(EXIT)).map(({ payload }) => payload['exit_code'])).toEqual([1, 2, 3])
    expect(kit.log.lines).toContainEqual({
      level: 'error',
      fields: { sensor: 'test.S', exit_code: 1, output: 'ImportError: no module named frob\n' },
      message: 'sensor failed',
    })
  })

  it('after ten good seconds has its failures forgotten', async () => {
    await using sensors = await openSensorKit()
    const { kit } = sensors
    await sensors.sensor('S')
    await sensors.start()
    for (let number = 1; number <= 5; number++) {
      const run = await sensors.run(number)
      await until(async () => (await kit.instances(SPAWN)).length === number)
      await kit.clock.advance(10_000)
      run.end(1)
      await until(async () => (await kit.instances(EXIT)).length === number)
      await until(async () => {
        await kit.clock.advance(2500)
        return sensors.host.runs.length > number
      })
    }
    expect(kit.log.lines.map(({ message }) => message)).not.toContain('sensor is given up: it failed too often')
  })

  it('well, or one that cannot be started, is left alone until something about it changes', async () => {
    await using sensors = await openSensorKit()
    const { kit, host } = sensors
    await sensors.sensor('S')
    await sensors.start()
    const run = await sensors.run(1)
    run.end(0)
    await until(async () => (await kit.instances(EXIT)).length === 1)
    await kit.clock.advance(60_000)
    expect(host.runs).toHaveLength(1)
    host.refusal = new InvalidError('virtualenv "/x" is missing')
    await setSensorEnabled(kit.deps, ANN, 'test.S', true)
    await until(() => kit.log.lines.some(({ message }) => message === 'sensor cannot be started'))
    host.refusal = null
    await setSensorEnabled(kit.deps, ANN, 'test.S', true)
    await sensors.run(2)
  })
})

describe('changes take effect at once', () => {
  it('of being enabled, of its definition, and of being there at all', async () => {
    await using sensors = await openSensorKit()
    const { kit, host } = sensors
    await sensors.start()
    const sensor = await sensors.sensor('S')
    const first = await sensors.run(1)
    await setSensorEnabled(kit.deps, ANN, 'test.S', false)
    await until(() => first.signal.aborted)
    await until(async () => (await kit.instances(EXIT)).length === 1)
    expect(host.runs).toHaveLength(1)
    await setSensorEnabled(kit.deps, ANN, 'test.S', true)
    await sensors.run(2)
    await kit.deps.sensorTypes.save({ ...sensor, poll_interval: 9 })
    const third = await sensors.run(3)
    expect(third.spec.poll_interval).toBe(9)
    await kit.deps.sensorTypes.remove(sensor)
    await until(() => third.signal.aborted)
    const [exit] = await kit.instances(EXIT)
    expect(exit?.payload).toEqual({ id: 'S', timestamp: 1767225600, exit_code: -15 })
  })

  it('and tokens end with their process', async () => {
    await using sensors = await openSensorKit()
    await sensors.sensor('S')
    const service = await sensors.start()
    const { spec, signal } = await sensors.run(1)
    await service.stop(0)
    expect(signal.aborted).toBe(true)
    await sensors.kit.clock.advance(5000)
    expect(await sensors.tokens.find(spec.datastore_token)).toBeNull()
  })
})

it('tokens live as long as their process', async () => {
  await using sensors = await openSensorKit()
  const { kit, tokens } = sensors
  await sensors.sensor('S')
  await sensors.start()
  const { spec } = await sensors.run(1)
  for (let third = 0; third < 6; third++) {
    await until(() => kit.clock.pendingTimers > 0)
    await kit.clock.advance(1_200_000)
    const expires = kit.clock.now() + 3_600_000
    await until(async () => {
      const token = await tokens.find(spec.datastore_token)
      await kit.clock.advance(0)
      return token?.expires_at === expires
    })
  }
  expect(sensors.host.runs).toHaveLength(1)
})

describe('of several containers', () => {
  it('one runs a sensor, and another takes it over', async () => {
    await using sensors = await openSensorKit()
    await sensors.sensor('S')
    const first = await sensors.start()
    await sensors.run(1)
    await sensors.start()
    expect(sensors.host.runs).toHaveLength(1)
    await first.stop(0)
    await sensors.run(2)
  })

  it('each runs what it owns', async () => {
    await using sensors = await openSensorKit()
    for (const name of ['A', 'B', 'C']) await sensors.sensor(name)
    const partition = { node: 'one', readKey: async () => 'test.B', provider: { name: 'kvstore' } }
    await sensors.start({ partition })
    expect((await sensors.run(1)).spec.ref).toBe('test.B')
    expect(sensors.host.runs).toHaveLength(1)
  })

  it('one that does not know what it owns runs nothing and says why', async () => {
    await using sensors = await openSensorKit()
    await sensors.sensor('A')
    await sensors.start({ partition: { node: 'one', readKey: async () => null, provider: { name: 'kvstore' } } })
    expect(sensors.host.runs).toEqual([])
    expect(sensors.kit.log.lines.map(({ message }) => message)).toContain(
      'no sensor runs: it is not known which are to',
    )
  })
})

it('in single mode one sensor runs once, even if it is disabled', async () => {
  await using sensors = await openSensorKit()
  const { kit } = sensors
  await sensors.sensor('A')
  await sensors.sensor('B', { enabled: false })
  await sensors.start({ onlyRef: 'test.B', isSingleMode: true })
  const run = await sensors.run(1)
  expect(run.spec.ref).toBe('test.B')
  run.end(1)
  await until(async () => (await kit.instances(EXIT)).length === 1)
  await kit.clock.advance(60_000)
  await setSensorEnabled(kit.deps, ANN, 'test.B', true)
  expect(sensors.host.runs).toHaveLength(1)
})
