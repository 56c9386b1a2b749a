import type { Collection, Document } from '@st2/model'
import { MongoClient, type MongoClientOptions } from 'mongodb'
import type { Blobs } from '../../ports/blobs.ts'
import type { Log } from '../../ports/log.ts'
import type { Store } from '../../ports/store.ts'
import { GridFsBlobs } from './gridfs-blobs.ts'
import { ensureIndexes } from './indexes.ts'
import { MongoStore } from './mongo-store.ts'
import { storeErrorOf } from './store-errors.ts'

export interface MongoOptions {
  /** `mongodb://…`; may hold a user and a password, which are never logged. */
  readonly url: string
  readonly database: string
  readonly collections: readonly Pick<Collection<Document>, 'name' | 'fields' | 'indexes'>[]
  readonly log: Log
  /** Documents that a condition on a free path looks at, at most, newest first. @default 50,000 */
  readonly maxScannedRows?: number | undefined
  /** ms to connect and to select a server: how long an operation waits when the database is away. @default 3000 */
  readonly connectionTimeoutMs?: number | undefined
  /** Connections at a time. @default 32 */
  readonly maxPoolSize?: number | undefined
  /** TLS, authentication and the like, as the driver has them. */
  readonly driver?: MongoClientOptions | undefined
}

export interface OpenedMongo {
  readonly store: Store
  readonly blobs: Blobs
}

const DEFAULT_MAX_SCANNED_ROWS = 50_000
const DEFAULT_TIMEOUT_MS = 3000
const DEFAULT_POOL_SIZE = 32
/** How soon a database that came back, or a new primary, is noticed. */
const HEARTBEAT_MS = 1000

/**
 * The store of the reference deployment. The driver reconnects by itself for ever; what is asked meanwhile fails with
 * UnavailableError after the timeout.
 *
 * @throws UnavailableError when the database does not answer now
 */
export async function openMongoStore(options: MongoOptions): Promise<OpenedMongo> {
  const timeout = options.connectionTimeoutMs ?? DEFAULT_TIMEOUT_MS
  const client = new MongoClient(options.url, {
    ...options.driver,
    appName: 'st2',
    connectTimeoutMS: timeout,
    serverSelectionTimeoutMS: timeout,
    heartbeatFrequencyMS: HEARTBEAT_MS,
    maxPoolSize: options.maxPoolSize ?? DEFAULT_POOL_SIZE,
    retryWrites: true,
    retryReads: true,
    readPreference: 'primary',
    writeConcern: { w: 'majority', journal: true },
    // Integers beyond 2^53 do not occur: documents come from JSON.
    promoteLongs: true,
    ignoreUndefined: true,
  })
  try {
    await client.connect()
    const db = client.db(options.database)
    await ensureIndexes(db, options.collections)
    const blobs = new GridFsBlobs(db)
    await blobs.ensureIndexes()
    const store = new MongoStore({
      db,
      collections: options.collections,
      maxScannedRows: options.maxScannedRows ?? DEFAULT_MAX_SCANNED_ROWS,
      close: () => client.close(),
    })
    return { store, blobs }
  } catch (error) {
    await client.close()
    throw storeErrorOf(error)
  }
}
