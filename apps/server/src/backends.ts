import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  type Config,
  ConfigError,
  type EngineParts,
  InProcessBus,
  InProcessCoordinator,
  type LoadedConfig,
  openDataFolder,
  openMongoStore,
  openProcessFolder,
  openRabbitBus,
  openRedis,
  openSqliteStore,
  type Paths,
  RedisCoordinator,
  systemClock,
} from '@st2/engine'
import { COLLECTIONS, UnavailableError } from '@st2/model'
import type { Logger } from 'pino'
import { mongoConnection, rabbitConnection, redisUrl } from './backend-options.ts'
import { HTTP_SERVICES, type ServicePlan } from './services.ts'
import type { Stoppers } from './stoppers.ts'

const STORE_FILE = 'st2.sqlite'

/** What the engine works with that differs between a single box and a deployment over many processes. */
export type Backends = Pick<EngineParts, 'store' | 'blobs' | 'bus' | 'coordinator' | 'identity'> & {
  /** Nobody else has the store. */
  readonly isAlone: boolean
  /** The process's own folder: session records of its runner host. */
  readonly processFolder: string
}

export type BackendKind = 'embedded' | 'distributed'

export interface OpenBackends {
  readonly loaded: LoadedConfig
  readonly paths: Paths
  readonly log: Logger
  readonly stoppers: Stoppers
  readonly step: (text: string) => void
  readonly problem: (text: string) => void
}

/** The options that choose: all of them set, or none. */
const CHOOSING = [
  { group: 'database', options: ['host'] },
  { group: 'messaging', options: ['url', 'cluster_urls'] },
  { group: 'coordination', options: ['url'] },
] as const

/**
 * Nothing set: everything embedded. MongoDB, RabbitMQ and Redis set: the reference deployment.
 *
 * @throws ConfigError when only some are set, naming what is missing
 * @source architecture.md 1
 */
export function chosenBackends(loaded: LoadedConfig): BackendKind {
  const isSet = ({ group, options }: (typeof CHOOSING)[number]) =>
    options.some((option) => loaded.isSet(group, option as never))
  const missing = CHOOSING.filter((choice) => !isSet(choice))
  if (missing.length === CHOOSING.length) return 'embedded'
  if (missing.length === 0) return 'distributed'
  const names = missing.map(({ group, options }) => `[${group}] ${options[0]}`)
  throw new ConfigError(
    `${names.join(' and ')} must be set too: MongoDB, RabbitMQ and Redis are used together, or none of them`,
  )
}

/** @throws ConfigError for a process that leaves work to others, which could not see its store */
export function refuseEmbeddedSplit(loaded: LoadedConfig, plan: ServicePlan): void {
  if (plan.http.length === HTTP_SERVICES.length || chosenBackends(loaded) === 'distributed') return
  throw new ConfigError(
    '--services: a split over processes needs MongoDB, RabbitMQ and Redis: set [database] host, [messaging] url and [coordination] url',
  )
}

/** @throws UnavailableError, DataFolderError, StoreVersionError, ConfigError: each with a message of one line */
export function openBackends(open: OpenBackends): Promise<Backends> {
  return chosenBackends(open.loaded) === 'embedded' ? openEmbedded(open) : openDistributed(open)
}

async function openEmbedded({ loaded, paths, log, stoppers, step }: OpenBackends): Promise<Backends> {
  const folder = await openDataFolder(paths.dataDir)
  stoppers.push('data folder', () => folder.close())
  step('Opening the store')
  const { store, blobs } = await openSqliteStore({
    path: join(folder.path, STORE_FILE),
    collections: COLLECTIONS,
    log,
    progress: step,
    maxScannedRows: loaded.config.api.max_scanned_rows,
  })
  stoppers.push('store', () => store.close())
  const bus = new InProcessBus({ log })
  stoppers.push('bus', () => bus.close())
  const coordinator = new InProcessCoordinator({ clock: systemClock(), log })
  stoppers.push('coordinator', () => coordinator.close())
  const identity = { instance: folder.instance, epoch: folder.epoch }
  return { isAlone: true, store, blobs, bus, coordinator, identity, processFolder: paths.dataDir }
}

async function openDistributed({ loaded, paths, log, stoppers, step, problem }: OpenBackends): Promise<Backends> {
  const { config } = loaded
  const folder = await openProcessFolder(paths.dataDir)
  stoppers.push('process folder', () => folder.close())
  const patience = new Patience(config, problem)
  step('Connecting to MongoDB')
  const { store, blobs } = await patience.until(() =>
    openMongoStore({
      ...mongoConnection(config),
      collections: COLLECTIONS,
      log,
      maxScannedRows: config.api.max_scanned_rows,
      connectionTimeoutMs: config.database.connection_timeout,
    }),
  )
  stoppers.push('store', () => store.close())
  step('Connecting to RabbitMQ')
  const rabbit = { ...rabbitConnection(config), log, prefix: config.messaging.prefix }
  const bus = await patience.until(() => openRabbitBus(rabbit))
  stoppers.push('bus', () => bus.close())
  step('Connecting to Redis')
  const url = redisUrl(config)
  const redis = await patience.until(() => openRedis({ url, log }))
  const coordinator = new RedisCoordinator({ redis, clock: systemClock(), log })
  stoppers.push('coordinator', () => coordinator.close())
  const identity = { instance: folder.instance, epoch: folder.epoch }
  return { isAlone: false, store, blobs, bus, coordinator, identity, processFolder: folder.path }
}

/** ms before the second try; each further pause is twice as long, up to `[database] connection_retry_backoff_max_s`. */
const FIRST_PAUSE_MS = 500

/** Waits for servers that are not there yet: services of a deployment start in any order. */
class Patience {
  readonly #endsAt: number
  readonly #longestPauseMs: number
  readonly #tell: (text: string) => void

  constructor({ database }: Config, tell: (text: string) => void) {
    this.#endsAt = performance.now() + database.connection_retry_max_delay_m * 60_000
    this.#longestPauseMs = database.connection_retry_backoff_max_s * 1000
    this.#tell = tell
  }

  /** @throws the last error when the time is over, and any other than UnavailableError at once */
  async until<T>(open: () => Promise<T>): Promise<T> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, this.#longestPauseMs)) {
      try {
        return await open()
      } catch (error) {
        const isOver = performance.now() + pauseMs > this.#endsAt
        if (!(error instanceof UnavailableError) || isOver) throw error
        this.#tell(`${error.message}; trying again`)
        await pause(pauseMs)
      }
    }
  }
}
