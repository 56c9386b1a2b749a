import { WAKE_NOTIFIER } from '../executions/execution-events.ts'
import { followUp, type FollowUpDeps } from '../executions/notify/follow-up.ts'
import type { Bus } from '../ports/bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { Service } from './service.ts'
import { WakeableLoop } from './wakeable-loop.ts'

export interface NotifierDeps extends FollowUpDeps {
  readonly bus: Bus
  readonly clock: Clock
  readonly settings: {
    /** `[notifier] batch_size`: ended executions taken in one go. */
    readonly batchSize: number
    readonly sweepIntervalMs: number
  }
}

/** Does what is left after executions have ended: retries, notifications, the action trigger. @source services.md 6.1 */
export function notifier(deps: NotifierDeps): Service {
  return {
    name: 'notifier',
    async start() {
      const { batchSize, sweepIntervalMs: sweepMs } = deps.settings
      const loop = new WakeableLoop({ name: 'notifier', sweepMs, clock: deps.clock, log: deps.log }, async () => {
        const ended = await deps.executions.duePostCompletion(batchSize)
        if (ended.length > 0) await followUp(deps, ended)
        return ended.length === batchSize ? 'more' : 'idle'
      })
      const wakes = await deps.bus.consume(WAKE_NOTIFIER, { prefetch: 100, maxDeliveries: 3 }, async () => loop.wake())
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
