import { UnavailableError } from '@st2/model'
import { Redis } from 'ioredis'
import type { Log } from '../../ports/log.ts'

export interface RedisConnectionOptions {
  /** `redis://…` or `rediss://…`; may hold a password, which is never logged. */
  readonly url: string
  readonly log: Log
  /** ms until a command must be answered, and a connection stand. @default 3000 */
  readonly timeoutMs?: number | undefined
}

const DEFAULT_TIMEOUT_MS = 3000
/** ms between two tries to connect again, at most; there is no end to them. */
const MAX_RECONNECT_MS = 2000

/**
 * A connection that comes back by itself. What is asked while it is away fails at once.
 *
 * @throws UnavailableError when Redis does not answer now
 */
export async function openRedis({ url, log, timeoutMs = DEFAULT_TIMEOUT_MS }: RedisConnectionOptions): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    enableAutoPipelining: true,
    connectionName: 'st2',
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, MAX_RECONNECT_MS),
  })
  let isAway = false
  let told: string | null = null
  redis.on('error', (error: Error) => {
    told = error.message
    if (!isAway) log.warn({ reason: error.message }, 'the connection to Redis is away')
    isAway = true
  })
  redis.on('ready', () => {
    if (isAway) log.info({}, 'the connection to Redis is back')
    isAway = false
  })
  try {
    await redis.connect()
    await redis.ping()
    return redis
  } catch (cause) {
    redis.disconnect()
    // A refused password is told as an event; the failed call knows only that the connection is closed.
    const reason = told ?? (cause instanceof Error ? cause.message : String(cause))
    throw new UnavailableError(`Redis does not answer: ${reason}`, { cause })
  }
}
