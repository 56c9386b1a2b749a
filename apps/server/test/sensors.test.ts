import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  acquireTrigger,
  createEngine,
  derivePaths,
  type Engine,
  InProcessBus,
  InProcessCoordinator,
  loadConfig,
  loadOrCreateEncryptionKey,
  openSqliteStore,
  registerTriggerType,
  type RunningService,
  setSensorEnabled,
  systemClock,
  systemIds,
} from '@st2/engine'
import { COLLECTIONS, type TriggerInstance } from '@st2/model'
import { startSensorHost } from '@st2/runners'
import { expect, it } from 'vitest'

const SENSORS = {
  'passive.py': `
import threading
from st2reactor.sensor.base import Sensor

class Passive(Sensor):
    def setup(self):
        self._stopped = threading.Event()

    def run(self):
        self.sensor_service.dispatch('watcher.event', {'from': 'run', 'config': self.config}, trace_tag='mine')
        self._stopped.wait()

    def cleanup(self):
        self._stopped.set()

    def add_trigger(self, trigger):
        self.sensor_service.dispatch(trigger, {'added': trigger['parameters']})

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        self.sensor_service.dispatch('watcher.event', {'removed': trigger['parameters']})
`,
  'polling.py': `
from st2reactor.sensor.base import PollingSensor

class Polling(PollingSensor):
    def setup(self):
        self._polls = 0

    def poll(self):
        self._polls += 1
        self.sensor_service.dispatch(trigger='watcher.event', payload={'poll': self._polls, 'every': self.get_poll_interval()})
        self.set_poll_interval(0.05)

    def cleanup(self):
        pass

    def add_trigger(self, trigger):
        pass

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
`,
  'broken.py': `
import module_that_is_not_there
`,
}

const ANN = { user: 'ann', isAdmin: true, mayImpersonate: false, method: 'none', location: 'header' } as const

interface Kit extends AsyncDisposable {
  readonly engine: Engine
  readonly log: Record<string, unknown>[]
  sensor(file: keyof typeof SENSORS, name: string, triggerTypes?: readonly string[]): Promise<void>
  events(trigger: string): Promise<TriggerInstance[]>
}

/** The engine with its sensorcontainer and real processes, on a pack of its own. */
async function openKit(): Promise<Kit> {
  const folder = await mkdtemp(join(tmpdir(), 'sensors-'))
  const pack = join(folder, 'packs', 'watcher')
  await mkdir(join(pack, 'sensors'), { recursive: true })
  for (const [file, text] of Object.entries(SENSORS)) await writeFile(join(pack, 'sensors', file), text)
  const lines: Record<string, unknown>[] = []
  const write = (fields: object, message: string): void => void lines.push({ ...fields, message })
  const log = { debug: write, info: write, warn: write, error: write }
  const [clock, ids] = [systemClock(), systemIds()]
  const loaded = loadConfig({ files: [], env: {}, overrides: { 'server.data_dir': folder } })
  const paths = derivePaths(loaded, { workingDir: folder, shippedPacksDir: join(folder, 'none') })
  const { store, blobs } = await openSqliteStore({ path: join(folder, 'st2.sqlite'), collections: COLLECTIONS, log })
  const identity = { instance: 'sensors', epoch: 1 }
  const sensorHost = await startSensorHost({
    dataDir: folder,
    ...identity,
    log,
    python: {
      binary: 'python3',
      virtualenvs: paths.virtualenvsDir,
      process: 'fresh',
      max_parents: 1,
      parent_idle_seconds: 60,
      max_result_size: 1_000_000,
      log_level: 'DEBUG',
      enable_common_libs: false,
      configs: paths.configsDir,
      packs: paths.packBasePaths,
    },
  })
  const engine = await createEngine({
    config: loaded.config,
    paths,
    store,
    blobs,
    bus: new InProcessBus({ log }),
    coordinator: new InProcessCoordinator({ clock, log }),
    clock,
    ids,
    log,
    encryptionKey: await loadOrCreateEncryptionKey(join(folder, 'key.json'), ids),
    runners: [],
    manifests: [],
    host: {
      run: () => Promise.reject(new Error('nothing is run')),
      reapLeftovers: async () => [],
      close: async () => undefined,
    },
    sensorHost,
    identity,
    apiUrl: () => 'http://127.0.0.1:9/api',
    systemUser: null,
    version: 'test',
  })
  await engine.register(() => undefined)
  await registerTriggerType(engine.triggerDeps, { name: 'event', pack: 'watcher' })
  await registerTriggerType(engine.triggerDeps, {
    name: 'line',
    pack: 'watcher',
    parameters_schema: { type: 'object', properties: { file: { type: 'string' } } },
  })
  const services: RunningService = await engine.start(['sensorcontainer'])
  return {
    engine,
    log: lines,
    sensor: (file, name, triggerTypes = ['watcher.event']) =>
      engine.sensorTypes.create({
        id: ids.next(),
        uid: `sensor_type:watcher:${name}`,
        ref: `watcher.${name}`,
        name,
        pack: 'watcher',
        artifact_uri: `file://${join(pack, 'sensors', file)}`,
        entry_point: `${file.replace('.py', '')}.${name}`,
        trigger_types: [...triggerTypes],
        enabled: true,
      }),
    events: (trigger) =>
      engine.triggerInstances.find({
        filter: [{ field: 'trigger', op: 'eq', value: trigger }],
        order: [{ field: 'occurrence_time', direction: 'asc' }],
      }),
    async [Symbol.asyncDispose]() {
      await services.stop(0)
      await sensorHost.close()
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}

it('a passive sensor sees its triggers come and go, and what it dispatches is stored', async () => {
  await using kit = await openKit()
  const { engine } = kit
  const type = await engine.triggerTypes.findByRef('watcher.line')
  if (type === null) throw new Error('no trigger type')
  const before = await acquireTrigger(engine.triggerDeps, type, { file: 'before' })
  await kit.sensor('passive.py', 'Passive', ['watcher.line'])
  const [first] = await reach(() => kit.events('watcher.event'), 1)
  expect(first).toMatchObject({ payload: { from: 'run', config: {} }, trace_context: { trace_tag: 'mine' } })
  await reach(() => kit.events(before?.ref ?? ''), 1)
  const after = await acquireTrigger(engine.triggerDeps, type, { file: 'after' })
  const [added] = await reach(() => kit.events(after?.ref ?? ''), 1)
  expect(added?.payload).toEqual({ added: { file: 'after' } })
  if (after !== null) await engine.triggers.remove(after)
  const events = await reach(() => kit.events('watcher.event'), 2)
  expect(events[1]?.payload).toEqual({ removed: { file: 'after' } })
  const [spawned] = await kit.events('core.st2.sensor.process_spawn')
  expect(spawned?.payload).toMatchObject({ id: 'Passive', cmd: expect.stringContaining('--class-name=Passive') })
})

it('a polling sensor polls until it is disabled, and its end is told', async () => {
  await using kit = await openKit()
  await kit.sensor('polling.py', 'Polling')
  const polls = await reach(() => kit.events('watcher.event'), 3)
  expect(polls.map(({ payload }) => payload['poll'])).toEqual([1, 2, 3])
  expect(polls[0]?.payload['every']).toBe(5)
  await setSensorEnabled(kit.engine.triggerDeps, ANN, 'watcher.Polling', false)
  const [exit] = await reach(() => kit.events('core.st2.sensor.process_exit'), 1)
  expect(exit?.payload).toMatchObject({ id: 'Polling', exit_code: -15 })
})

it('a sensor that cannot be imported is told of, with the reason, and stops no other', async () => {
  await using kit = await openKit()
  await kit.sensor('broken.py', 'Broken')
  await kit.sensor('polling.py', 'Polling')
  const [exit] = await reach(() => kit.events('core.st2.sensor.process_exit'), 1)
  expect(exit?.payload).toMatchObject({ id: 'Broken', exit_code: 1 })
  expect(kit.log).toContainEqual(
    expect.objectContaining({
      message: 'sensor failed',
      sensor: 'watcher.Broken',
      output: expect.stringContaining('module_that_is_not_there'),
    }),
  )
  await reach(() => kit.events('watcher.event'), 2)
})

/** Waits until there are so many. */
async function reach<T>(list: () => Promise<T[]>, count: number, deadlineMs = 20_000): Promise<T[]> {
  const end = performance.now() + deadlineMs
  for (;;) {
    const found = await list()
    if (found.length >= count) return found
    if (performance.now() > end) throw new Error(`found ${found.length} of ${count} within ${deadlineMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
