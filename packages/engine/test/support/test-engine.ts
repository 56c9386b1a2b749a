import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Action, COLLECTIONS, type RunnerManifest } from '@st2/model'
import { InProcessBus } from '../../src/adapters/in-process/bus.ts'
import { InProcessCoordinator } from '../../src/adapters/in-process/coordinator.ts'
import { openSqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { systemIds } from '../../src/adapters/system/ids.ts'
import type { Principal } from '../../src/access/principal.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { derivePaths } from '../../src/config/paths.ts'
import { createEngine } from '../../src/engine.ts'
import type { Engine } from '../../src/engine-parts.ts'
import { loadOrCreateEncryptionKey } from '../../src/datastore/encryption-key.ts'
import type { Blobs } from '../../src/ports/blobs.ts'
import type { Bus } from '../../src/ports/bus.ts'
import type { Runner, RunnerHost, RunOutcome, RunRequest } from '../../src/ports/runner.ts'
import type { Store } from '../../src/ports/store.ts'
import type { RunningService } from '../../src/services/service.ts'
import { RecordingLog } from './recording-log.ts'

export const ANN: Principal = {
  user: 'ann',
  isAdmin: true,
  mayImpersonate: false,
  method: 'authentication token',
  location: 'header',
}

export interface TestRun {
  readonly request: RunRequest
  readonly signal: AbortSignal
  end(outcome: RunOutcome): void
}

/** A runner whose runs end when the test says so. A real port implementation: nothing of the engine is replaced. */
class GatedRunner implements Runner {
  readonly manifest: RunnerManifest = {
    name: 'gated',
    enabled: true,
    runner_package: 'gated',
    runner_module: 'gated',
    runner_parameters: { timeout: { type: 'integer', default: 60 } },
    output_schema: {},
  }
  readonly place = 'engine'
  readonly needsToken = false
  readonly runs: TestRun[] = []

  run(request: RunRequest, _io: unknown, signal: AbortSignal): Promise<RunOutcome> {
    const { promise, resolve } = Promise.withResolvers<RunOutcome>()
    signal.addEventListener('abort', () => resolve({ status: 'canceled', result: { stopped: true } }))
    this.runs.push({ request, signal, end: resolve })
    return promise
  }
}

export interface TestEngine extends AsyncDisposable {
  readonly engine: Engine
  readonly runner: GatedRunner
  readonly log: RecordingLog
  readonly services: RunningService
  readonly parts: { readonly store: Store; readonly blobs: Blobs; readonly bus: Bus }
  /** How often leftovers of dead servers were reaped. */
  readonly reaped: { count: number }
}

export interface TestEngineOptions {
  /** The data folder; one that goes with the engine when absent. */
  readonly folder?: string
  readonly epoch?: number
  readonly overrides?: Record<string, string>
  /** Default: scheduler and actionrunner. */
  readonly services?: readonly string[]
  /** Stands between the engine and the store. */
  readonly wrapStore?: (store: Store) => Store
  /** Who it is among several; `epoch` may be changed between two starts of its services. */
  readonly identity?: { readonly instance: string; readonly epoch: number }
  /** Store, blobs and bus of another engine, which outlives this one: both run at once. */
  readonly shares?: TestEngine
  /** Whether it may take others for dead. @default it shares nothing */
  readonly isAlone?: boolean
  /** Beside the gated one. */
  readonly runners?: readonly Runner[]
  /** Of runners that the engine itself has the code of. */
  readonly manifests?: readonly RunnerManifest[]
}

/** The engine on a SQLite file, in process, with the gated runner and the action `test.gated`. */
export async function startTestEngine(options: TestEngineOptions = {}): Promise<TestEngine> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'engine-')))
  const log = new RecordingLog()
  const clock = systemClock()
  const ids = systemIds()
  const loaded = loadConfig({ files: [], env: {}, overrides: { 'server.data_dir': folder, ...options.overrides } })
  const { store: opened, blobs } =
    options.shares?.parts ??
    (await openSqliteStore({ path: join(folder, 'st2.sqlite'), collections: COLLECTIONS, log }))
  const store = options.wrapStore?.(opened) ?? opened
  const bus = options.shares?.parts.bus ?? new InProcessBus({ log })
  const runner = new GatedRunner()
  const reaped = { count: 0 }
  const engine = await createEngine({
    config: loaded.config,
    paths: derivePaths(loaded, { workingDir: folder, shippedPacksDir: join(folder, 'none') }),
    store,
    blobs,
    bus,
    coordinator: new InProcessCoordinator({ clock, log }),
    clock,
    ids,
    log,
    encryptionKey: await loadOrCreateEncryptionKey(join(folder, 'key.json'), ids),
    runners: [runner, ...(options.runners ?? [])],
    manifests: [runner, ...(options.runners ?? [])].map(({ manifest }) => manifest).concat(options.manifests ?? []),
    host: countingHost(reaped),
    identity: options.identity ?? { instance: 'test', epoch: options.epoch ?? 1 },
    isAlone: options.isAlone ?? options.shares === undefined,
    apiUrl: () => 'http://127.0.0.1:1/api',
    systemUser: null,
    version: 'test',
  })
  await engine.register(() => undefined)
  if ((await engine.actions.findByRef(GATED.ref)) === null) await engine.actions.create(GATED)
  const services = await engine.start(options.services ?? ['scheduler', 'actionrunner'])
  return {
    engine,
    runner,
    log,
    services,
    reaped,
    parts: { store, blobs, bus },
    async [Symbol.asyncDispose]() {
      await services.stop(0)
      if (options.shares === undefined) await store.close()
      if (options.folder === undefined) await rm(folder, { recursive: true })
    },
  }
}

const GATED: Action = {
  id: '0'.repeat(24),
  ref: 'test.gated',
  uid: 'action:test:gated',
  name: 'gated',
  pack: 'test',
  enabled: true,
  runner_type: 'gated',
  entry_point: '',
  parameters: { note: { type: 'string' }, password: { type: 'string', secret: true } },
  output_schema: {},
  tags: [],
  notify: {},
  metadata_file: '',
}

function countingHost(reaped: { count: number }): RunnerHost {
  return {
    run: () => Promise.reject(new Error('the gated runner runs in the engine')),
    async reapLeftovers() {
      reaped.count++
      return []
    },
    close: () => Promise.resolve(),
  }
}

/** Waits until the condition answers something other than null, undefined or false. */
export async function until<T>(condition: () => T | Promise<T>, deadlineMs = 5000): Promise<NonNullable<T>> {
  const end = performance.now() + deadlineMs
  for (;;) {
    const value = await condition()
    if (value !== null && value !== undefined && value !== false) return value
    if (performance.now() > end) throw new Error(`did not come true within ${deadlineMs} ms: ${condition}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
