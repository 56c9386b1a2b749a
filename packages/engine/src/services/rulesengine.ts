import type { TriggerInstance } from '@st2/model'
import type { Bus } from '../ports/bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { processInstance, type ProcessDeps } from '../rules/process-instance.ts'
import { WAKE_RULESENGINE } from '../triggers/trigger-deps.ts'
import type { Service } from './service.ts'
import { WakeableLoop } from './wakeable-loop.ts'

export interface RulesengineDeps extends ProcessDeps {
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Log
  /** No other process has the store. */
  readonly isAlone: boolean
  readonly settings: {
    /** `[rulesengine] batch_size`: trigger instances taken in one claim. */
    readonly batchSize: number
    /** `[rulesengine] lease_ms`: ms after which an instance that was not finished is due again. */
    readonly leaseMs: number
    /** `[rulesengine] sweep_interval_ms` */
    readonly sweepIntervalMs: number
  }
}

/**
 * Claims due trigger instances, matches them and asks for what their rules want. What a server that died had in hand is
 * taken up at the start, and leases see to the rest. @source services.md 2
 */
export function rulesengine(deps: RulesengineDeps): Service {
  return {
    name: 'rulesengine',
    async start() {
      const { batchSize, leaseMs, sweepIntervalMs: sweepMs } = deps.settings
      // Others may have them in hand: then leases tell.
      const released = deps.isAlone ? await deps.triggerInstances.releaseLeases() : 0
      if (released > 0)
        deps.log.warn({ count: released }, 'trigger instances that a dead server had in hand are due again')
      const loop = new WakeableLoop({ name: 'rulesengine', sweepMs, clock: deps.clock, log: deps.log }, async () => {
        const claimed = await deps.triggerInstances.claimDue(batchSize, leaseMs)
        if (claimed.length > 0) await deps.book.refresh()
        await Promise.all(claimed.map((instance) => processAlone(deps, instance)))
        return claimed.length === batchSize ? 'more' : 'idle'
      })
      const wakes = await deps.bus.consume(WAKE_RULESENGINE, { prefetch: 100, maxDeliveries: 3 }, async () =>
        loop.wake(),
      )
      loop.wake()
      return {
        async stop() {
          await wakes.stop()
          await loop.stop()
        },
      }
    },
  }
}

/** One instance that cannot be processed does not hold up others: it is due again when its lease ends. */
async function processAlone(deps: RulesengineDeps, instance: TriggerInstance): Promise<void> {
  try {
    await processInstance(deps, instance)
  } catch (err) {
    deps.log.error(
      { err, trigger_instance: instance.id },
      'a trigger instance could not be processed; it is tried again',
    )
  }
}
