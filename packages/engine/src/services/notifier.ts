import { WAKE_NOTIFIER } from '../executions/execution-events.ts'
import type { EndedInbox } from '../executions/notify/ended-inbox.ts'
import { followUp, type FollowUpDeps } from '../executions/notify/follow-up.ts'
import type { Bus } from '../ports/bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { Service } from './service.ts'
import { WakeableLoop } from './wakeable-loop.ts'

export interface NotifierDeps extends FollowUpDeps {
  readonly inbox: EndedInbox
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
      const { clock, inbox, executions, log } = deps
      let sweepAt = clock.monotonic()
      let isTold = true
      const loop = new WakeableLoop({ name: 'notifier', sweepMs, clock, log }, async () => {
        const ended = inbox.take(batchSize)
        if (ended.length > 0) await followUp(deps, ended)
        if (!inbox.isEmpty) return 'more'
        if (!isTold && clock.monotonic() < sweepAt) return 'idle'
        // What has just ended is on its way into the inbox.
        const sinceMs = isTold ? 0 : sweepMs
        isTold = false
        const found = await executions.duePostCompletion(batchSize, sinceMs)
        if (found.length > 0) await followUp(deps, found)
        if (found.length === batchSize) {
          isTold = sinceMs === 0
          return 'more'
        }
        sweepAt = clock.monotonic() + sweepMs
        return 'idle'
      })
      // From processes without a notifier, and of what the inbox did not take.
      const wakes = await deps.bus.subscribe(WAKE_NOTIFIER, () => {
        isTold = true
        loop.wake()
      })
      inbox.open(() => loop.wake())
      loop.wake()
      return {
        async stop() {
          inbox.close()
          await wakes.stop()
          await loop.stop()
        },
      }
    },
  }
}
