import type { Config } from '../config/options.ts'
import { ConfigError } from '../config/config-error.ts'
import type { KeyValueStore } from '../datastore/key-value-store.ts'
import type { ExecutionStore } from '../executions/execution-store.ts'
import { giveBackOrphanedSlots } from '../executions/policies/give-back-orphaned-slots.ts'
import type { PurgeExecutionsDeps } from '../executions/purge-executions.ts'
import { type PurgeSnapshotsDeps, SnapshotPurge } from '../executions/purge-snapshots.ts'
import type { Bus } from '../ports/bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { pause } from '../ports/wait.ts'
import { type Purge, purgeOlder } from './purge-older.ts'
import type { Service } from './service.ts'
import { WakeableLoop } from './wakeable-loop.ts'

const DAY_MS = 86_400_000
/** Datastore items removed in one go. */
const BATCH = 500

/** Tells collectors to begin a round now. */
export const COLLECT_GARBAGE = 'st2.garbagecollector.collect'

export interface GarbagecollectorDeps extends PurgeExecutionsDeps, PurgeSnapshotsDeps {
  readonly executions: ExecutionStore
  readonly keys: KeyValueStore
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Log
  /** Ends inquiries whose time is over. */
  readonly expireInquiries?: (signal: AbortSignal) => Promise<number>
  /** `[garbagecollector]` */
  readonly settings: Config['garbagecollector']
}

/** One kind of what is over. */
interface GarbageCollection {
  readonly name: string
  /** Removes all there is of it now, until told to stop; answers how much that was. */
  collect(signal: AbortSignal): Promise<number>
}

/**
 * Removes what is over, kind after kind, with a pause in between. An error in one kind does not stop the others.
 *
 * @throws ConfigError at the start, for a time to live below a day
 * @source services.md 7
 */
export function garbagecollector(deps: GarbagecollectorDeps): Service {
  return {
    name: 'garbagecollector',
    async start() {
      refuseShortTtls(deps.settings)
      const stopping = new AbortController()
      const kinds = collections(deps)
      const { clock, log } = deps
      const sweepMs = deps.settings.collection_interval * 1000
      const sleepMs = deps.settings.sleep_delay * 1000
      const loop = new WakeableLoop({ name: 'garbagecollector', sweepMs, clock, log }, async () => {
        for (const [place, kind] of kinds.entries()) {
          if (place > 0 && sleepMs > 0) await pause(clock, sleepMs, stopping.signal)
          if (!stopping.signal.aborted) await collectAlone(deps, kind, stopping.signal)
        }
        return 'idle'
      })
      const forced = await deps.bus.subscribe(COLLECT_GARBAGE, () => loop.wake())
      loop.wake()
      return {
        async stop() {
          await forced.stop()
          stopping.abort()
          await loop.stop()
        },
      }
    },
  }
}

const TTL_OPTIONS = [
  'action_executions_ttl',
  'action_executions_output_ttl',
  'trigger_instances_ttl',
  'traces_ttl',
  'tokens_ttl',
  'rule_enforcements_ttl',
] as const

/** 0 is the same as not set. */
function refuseShortTtls(settings: Config['garbagecollector']): void {
  const wrong = TTL_OPTIONS.find((option) => (settings[option] ?? 0) < 0)
  if (wrong !== undefined) throw new ConfigError(`Minimum possible TTL for ${wrong} in days is 1`)
}

function collections(deps: GarbagecollectorDeps): GarbageCollection[] {
  const { settings, clock, expireInquiries: expire } = deps
  const snapshotPurge = new SnapshotPurge(deps)
  const olderThan = (kind: Purge['kind'], ttlDays: number | null, isAlways = false): GarbageCollection[] => {
    if (!isAlways && (ttlDays === null || ttlDays === 0)) return []
    const before = (): number => clock.now() - (ttlDays ?? 0) * DAY_MS
    return [{ name: kind, collect: (signal) => purgeAll(deps, { kind, before: before() }, signal) }]
  }
  return [
    ...olderThan('executions', settings.action_executions_ttl),
    ...olderThan('execution-outputs', settings.action_executions_output_ttl),
    ...olderThan('trigger-instances', settings.trigger_instances_ttl),
    // Without a time to live they go as soon as they have expired.
    ...olderThan('tokens', settings.tokens_ttl, true),
    ...olderThan('rule-enforcements', settings.rule_enforcements_ttl),
    ...(settings.purge_inquiries && expire !== undefined ? [{ name: 'inquiries', collect: expire }] : []),
    { name: 'datastore items', collect: (signal) => repeated(() => deps.keys.removeExpired(BATCH), signal) },
    { name: 'slots of policies', collect: () => giveBackOrphanedSlots(deps.slots, deps.executions) },
    { name: 'snapshots of actions', collect: () => snapshotPurge.round() },
  ]
}

async function purgeAll(deps: PurgeExecutionsDeps, purge: Purge, signal: AbortSignal): Promise<number> {
  let count = 0
  for (let from: string | null = ''; from !== null && !signal.aborted; ) {
    const progress = await purgeOlder(deps, purge, from)
    count += progress.removed
    from = progress.next
  }
  return count
}

async function repeated(removeBatch: () => Promise<number>, signal: AbortSignal): Promise<number> {
  let count = 0
  for (let removed = BATCH; removed === BATCH && !signal.aborted; count += removed) removed = await removeBatch()
  return count
}

async function collectAlone(deps: GarbagecollectorDeps, kind: GarbageCollection, signal: AbortSignal): Promise<void> {
  try {
    const count = await kind.collect(signal)
    if (count > 0) deps.log.info({ kind: kind.name, count }, 'garbage was collected')
  } catch (err) {
    deps.log.error({ err, kind: kind.name }, 'one kind of garbage could not be collected; the others are')
  }
}
