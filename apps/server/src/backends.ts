import { join } from 'node:path'
import {
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
import { COLLECTIONS } from '@st2/model'
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

async function openDistributed({ loaded, paths, log, stoppers, step }: OpenBackends): Promise<Backends> {
  const { config } = loaded
  const folder = await openProcessFolder(paths.dataDir)
  stoppers.push('process folder', () => folder.close())
  step('Connecting to MongoDB')
  const { store, blobs } = await openMongoStore({
    ...mongoConnection(config),
    collections: COLLECTIONS,
    log,
    maxScannedRows: config.api.max_scanned_rows,
    connectionTimeoutMs: config.database.connection_timeout,
  })
  stoppers.push('store', () => store.close())
  step('Connecting to RabbitMQ')
  const bus = await openRabbitBus({ ...rabbitConnection(config), log, prefix: config.messaging.prefix })
  stoppers.push('bus', () => bus.close())
  step('Connecting to Redis')
  const redis = await openRedis({ url: redisUrl(config), log })
  const coordinator = new RedisCoordinator({ redis, clock: systemClock(), log })
  stoppers.push('coordinator', () => coordinator.close())
  const identity = { instance: folder.instance, epoch: folder.epoch }
  return { isAlone: false, store, blobs, bus, coordinator, identity, processFolder: folder.path }
}
