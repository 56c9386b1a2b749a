import { executionOutputs, tokens } from '@st2/model'
import type { KeyValueStore } from '../datastore/key-value-store.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Store } from '../ports/store.ts'
import { timestampOf } from '../ports/timestamp.ts'
import type { Service } from './service.ts'
import { WakeableLoop } from './wakeable-loop.ts'

/** Documents removed in one go: between two batches others get their turn. */
const BATCH = 500
const DAY_MS = 86_400_000

export interface GarbagecollectorDeps {
  readonly store: Store
  readonly keys: KeyValueStore
  readonly clock: Clock
  readonly log: Log
  readonly settings: {
    /** `[garbagecollector] collection_interval`, seconds. */
    readonly collectionInterval: number
    /** `[garbagecollector] action_executions_output_ttl`, days. */
    readonly outputTtlDays: number
  }
}

/** Removes what is over: tokens, datastore items with a time to live, old streamed output. @source services.md 7 */
export function garbagecollector(deps: GarbagecollectorDeps): Service {
  return {
    name: 'garbagecollector',
    async start() {
      const sweepMs = deps.settings.collectionInterval * 1000
      const loop = new WakeableLoop(
        { name: 'garbagecollector', sweepMs, clock: deps.clock, log: deps.log },
        async () => {
          const removed = await Promise.all(collections(deps).map((collect) => collect()))
          return removed.some((count) => count === BATCH) ? 'more' : 'idle'
        },
      )
      loop.wake()
      return { stop: () => loop.stop() }
    },
  }
}

function collections(deps: GarbagecollectorDeps): readonly (() => Promise<number>)[] {
  const { store, clock, keys, settings } = deps
  const oldest = timestampOf(clock.now() - settings.outputTtlDays * DAY_MS)
  return [
    () => store.remove(tokens, [{ field: 'expires_at', op: 'lte', value: clock.now() }], BATCH),
    () => keys.removeExpired(BATCH),
    () => store.remove(executionOutputs, [{ field: 'timestamp', op: 'lt', value: oldest }], BATCH),
  ]
}
