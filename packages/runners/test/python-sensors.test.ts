import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { SensorEvent, SensorProcess, SensorSpec } from '@st2/engine/runner'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type RunningSensorHost, startSensorHost } from '../src/sensors/sensor-host.ts'
import { keyStore, openApi } from './python-api.ts'
import { openPacks, type PythonPacks } from './python-requests.ts'
import { isAlive, until } from './support.ts'

let packs: PythonPacks
let host: RunningSensorHost
const started: ChildProcess[] = []
beforeAll(async () => {
  packs = await openPacks()
  host = await openSensorHost(packs, randomUUID(), 1)
})
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})
afterAll(() => host.close())

function openSensorHost(of: PythonPacks, instance: string, epoch: number): Promise<RunningSensorHost> {
  return startSensorHost({
    dataDir: of.folder,
    instance,
    epoch,
    python: of.settings,
    log: { warn: () => undefined },
  })
}

function specOf(file: string, className: string, changes: Partial<SensorSpec> = {}): SensorSpec {
  return {
    ref: `watcher.${className}`,
    pack: 'watcher',
    class_name: className,
    file_path: join(packs.path('watcher'), 'sensors', file),
    pack_path: packs.path('watcher'),
    trigger_types: ['watcher.event'],
    poll_interval: null,
    config: {},
    env: { ST2_API_URL: 'http://127.0.0.1:9/v1', ST2_AUTH_TOKEN: 'container-token' },
    datastore_token: 'datastore-token',
    kill_grace_ms: 300,
    ...changes,
  }
}

interface RunningSensor extends SensorProcess {
  readonly events: SensorEvent[]
  readonly output: { stdout: string; stderr: string }
  stop(): void
}

async function startSensor(
  spec: SensorSpec,
  store: (event: SensorEvent) => Promise<void> = async () => undefined,
): Promise<RunningSensor> {
  const events: SensorEvent[] = []
  const output = { stdout: '', stderr: '' }
  const abort = new AbortController()
  const sensor = await host.start(
    spec,
    {
      dispatch: async (event) => {
        events.push(event)
        await store(event)
      },
      output: (type, data) => {
        output[type] += data
      },
    },
    abort.signal,
  )
  return { ...sensor, events, output, stop: () => abort.abort() }
}

const trigger = (id: string, parameters: Record<string, unknown> = {}) => ({
  id,
  ref: `watcher.${id}`,
  uid: `trigger:watcher:${id}:0`,
  name: id,
  pack: 'watcher',
  type: 'watcher.event',
  parameters,
})

const sensorRecords = (): string[] => readdirSync(join(packs.folder, 'sensors', 'run'))

describe('a polling sensor', () => {
  it('polls, keeps values, logs, dispatches and cleans up', async () => {
    const keys = keyStore()
    await using api = await openApi((request) => keys(request) ?? { status: 500 })
    const spec = specOf('polling_sensor.py', 'PollingWatcher', {
      poll_interval: 0.05,
      config: { url: 'http://watched' },
      env: { ST2_API_URL: `${api.url}/v1`, ST2_AUTH_TOKEN: 'container-token' },
    })
    const sensor = await startSensor(spec)
    expect(await sensor.exited).toEqual({ code: 0 })
    expect(sensor.events).toHaveLength(3)
    expect(sensor.events[1]).toEqual({
      trigger: 'watcher.event',
      payload: {
        number: 2,
        last: '1',
        url: 'http://watched',
        at: '2020-01-02T00:00:00',
        tags: ['a'],
        raw: 'ü',
        nan: null,
      },
      trace_context: { trace_tag: 'poll-2' },
    })
    expect(sensor.output.stderr).toMatch(
      /INFO st2\.SensorWrapper\.watcher\.PollingWatcher\.polling_sensor \[-\] poll 2, last id 1\n/,
    )
    expect(sensor.output.stderr).toContain('Running sensor in active mode (poll interval=0.05s)')
    expect(sensor.output.stdout).toBe('cleaned up after 3 polls every 0.05 s\n')
    expect(api.seen[0]?.url).toMatch(/^\/v1\/keys\/watcher\.PollingWatcher:last_id/)
    expect(new Set(api.seen.map(({ token }) => token))).toEqual(new Set(['datastore-token']))
    expect(sensorRecords()).toEqual([])
  })

  it('waits until what it dispatched is stored', async () => {
    const stored = Promise.withResolvers<void>()
    const keys = keyStore()
    await using api = await openApi((request) => keys(request) ?? { status: 500 })
    const spec = specOf('polling_sensor.py', 'PollingWatcher', {
      poll_interval: 0.05,
      config: { url: 'x' },
      env: { ST2_API_URL: `${api.url}/v1` },
    })
    const sensor = await startSensor(spec, () => stored.promise)
    await until(() => sensor.events.length === 1, 'first event', 15_000)
    await until(() => sensor.output.stderr.includes('poll 1'), 'first poll')
    // Three polls would take no longer than this look.
    await expect(until(() => sensor.events.length > 1, 'a second event', 500)).rejects.toThrow('a second event')
    stored.resolve()
    await until(() => sensor.events.length === 3, 'all events', 15_000)
    await sensor.exited
  })

  it('is told when an event could not be stored', async () => {
    const sensor = await startSensor(specOf('dispatch_error_sensor.py', 'ErrorWatcher'), () =>
      Promise.reject(new Error('the disk is full')),
    )
    expect(await sensor.exited).toEqual({ code: 0 })
    expect(sensor.output.stdout).toBe('refused: the event could not be stored: the disk is full\ncleaned up\n')
  })
})

describe('a passive sensor', () => {
  it('is told of its triggers, and what it started ends with it', async () => {
    const sensor = await startSensor(specOf('passive_sensor.py', 'PassiveWatcher'))
    sensor.tell('create', trigger('one', { path: '/a' }))
    sensor.tell('create', trigger('bad', { broken: true }))
    await until(() => sensor.events.length === 1, 'added', 15_000)
    sensor.tell('update', trigger('one', { path: '/b' }))
    sensor.tell('delete', trigger('unknown'))
    sensor.tell('delete', trigger('one', { path: '/b' }))
    await until(() => sensor.events.length === 3, 'removed', 15_000)
    expect(sensor.events[0]).toEqual({
      trigger: { type: 'watcher.event', parameters: { path: '/a' } },
      payload: { what: 'added', ref: 'watcher.one', keys: ['id', 'name', 'pack', 'parameters', 'ref', 'type', 'uid'] },
      trace_context: { id_: '5ba', trace_tag: 'added' },
    })
    expect(sensor.events.map(({ payload }) => Object(payload).what)).toEqual(['added', 'updated', 'removed'])
    expect(sensor.output.stderr).toMatch(/The sensor could not take the trigger watcher\.bad\n[^]*cannot watch this/)

    const pids = sensor.output.stdout.match(/\d+/g)?.map(Number) ?? []
    expect(pids).toHaveLength(3)
    expect(pids[0]).toBe(sensor.pid)
    expect(sensor.cmd).toContain('--class-name=PassiveWatcher')
    expect(sensorRecords()).toEqual([`session-${sensor.pid}.json`])
    sensor.stop()
    expect(await sensor.exited).toEqual({ code: -15 })
    expect(pids.filter(isAlive)).toEqual([])
    // Where nobody waits for the children of the dead their zombies hold the session's number.
    await until(() => sensorRecords().length === 0, 'record removed', 10_000)
  })

  it('is told of triggers though its setup never ends', async () => {
    const sensor = await startSensor(specOf('slow_setup_sensor.py', 'SlowWatcher'))
    sensor.tell('create', trigger('one'))
    await until(() => sensor.output.stdout.includes('added watcher.one'), 'add_trigger called', 15_000)
    sensor.stop()
    expect(await sensor.exited).toEqual({ code: -15 })
  })

  it('that ignores SIGTERM is killed after the grace', async () => {
    const sensor = await startSensor(specOf('stubborn_sensor.py', 'StubbornWatcher'))
    await until(() => sensor.output.stdout.includes('ready'), 'ready', 15_000)
    sensor.stop()
    expect(await sensor.exited).toEqual({ code: -9 })
  })

  it('may be stopped before it has started', async () => {
    const abort = new AbortController()
    abort.abort()
    const io = { dispatch: async () => undefined, output: () => undefined }
    await expect(host.start(specOf('ending_sensor.py', 'EndingWatcher'), io, abort.signal)).rejects.toThrow('aborted')
  })
})

describe('the end of a sensor', () => {
  it.each([
    ['ending_sensor.py', 'EndingWatcher', 0, /Invoking cleanup on sensor/],
    ['failing_sensor.py', 'FailingWatcher', 1, /run method raised an exception: lost the connection\.[^]*Traceback/],
    [
      'broken_sensor.py',
      'BrokenWatcher',
      1,
      /Failed to load sensor class from file ".*broken_sensor.py" \(sensor file most likely doesn't exist or contains invalid syntax\): ModuleNotFoundError: No module named 'no_such_module_anywhere'\n/,
    ],
    ['ending_sensor.py', 'OtherName', 1, /Plugin file ".*ending_sensor.py" doesn't expose class named "OtherName"/],
    [
      'absent_sensor.py',
      'AbsentWatcher',
      1,
      /Failed to load sensor class from file ".*absent_sensor.py".*No such file/,
    ],
    [
      'unfinished_sensor.py',
      'UnfinishedWatcher',
      1,
      /Class "UnfinishedWatcher" doesn't implement required "\w+" method/,
    ],
    ['needy_sensor.py', 'NeedyWatcher', 1, /KeyError: 'host'[^]*Failed to instantiate "NeedyWatcher" sensor class\n$/],
  ] as const)('%s as %s has the exit code %i and a reason', async (file, className, code, reason) => {
    const sensor = await startSensor(specOf(file, className))
    expect(await sensor.exited).toEqual({ code })
    expect(sensor.output.stderr).toMatch(reason)
  })

  it('comes with the environment of upstream before it', async () => {
    const sensor = await startSensor(specOf('path_sensor.py', 'PathWatcher'))
    await sensor.exited
    const { env, path } = JSON.parse(sensor.output.stdout.split('\n')[0] ?? '')
    expect(env).toMatchObject({ ST2_API_URL: 'http://127.0.0.1:9/v1', ST2_AUTH_TOKEN: 'container-token' })
    expect(path.at(-1)).toBe(join(packs.path('watcher'), 'sensors'))
    expect(path.join()).not.toContain('actions/lib')
  })
})

describe('sensors and the death of their server', () => {
  async function startServer(instance: string): Promise<{ child: ChildProcess; pids: number[] }> {
    const main = fileURLToPath(new URL('./python-sensor-server.ts', import.meta.url))
    const order = { spec: specOf('passive_sensor.py', 'PassiveWatcher'), python: packs.settings }
    const child = spawn(process.execPath, [main, packs.folder, instance, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    started.push(child)
    for await (const line of createInterface({ input: child.stdout })) {
      return { child, pids: line.match(/\d+/g)?.map(Number) ?? [] }
    }
    throw new Error('the server process ended')
  }

  it('the sensor and its session end at once, what left it when the next server starts', async () => {
    const instance = randomUUID()
    const { child, pids } = await startServer(instance)
    const [sensor = 0, own = 0, escaped = 0] = pids
    child.kill('SIGKILL')
    await until(() => !isAlive(sensor) && !isAlive(own), 'the session has gone', 15_000)
    expect(isAlive(escaped)).toBe(true)
    const next = await openSensorHost(packs, instance, 2)
    expect(pids.filter(isAlive)).toEqual([])
    await next.close()
  })
})
