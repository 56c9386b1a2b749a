import { isOrquestaRunner } from '@st2/model'
import type { ExecutionEvents } from '../executions/execution-events.ts'
import { WAKE_ACTIONRUNNER, WAKE_SCHEDULER } from '../executions/execution-events.ts'
import type { ExecutionStore } from '../executions/execution-store.ts'
import type { LimitedScheduling } from '../executions/policies/limited-scheduling.ts'
import type { Bus } from '../ports/bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Service } from './service.ts'
import { WakeableLoop } from './wakeable-loop.ts'

export interface SchedulerDeps {
  readonly executions: ExecutionStore
  /** Of what concurrency policies govern. */
  readonly limited: LimitedScheduling
  readonly events: ExecutionEvents
  readonly bus: Bus
  /** A workflow can begin. */
  readonly wakeWorkflows: () => void
  readonly clock: Clock
  readonly log: Log
  readonly settings: {
    /** `[scheduler] batch_size`: executions taken in one claim. */
    readonly batchSize: number
    /** `[scheduler] sweep_interval_ms` */
    readonly sweepIntervalMs: number
  }
}

/** Moves due executions to `scheduled` and shows those with a delay as `delayed`. @source services.md 1.5 */
export function scheduler(deps: SchedulerDeps): Service {
  return {
    name: 'scheduler',
    async start() {
      const { batchSize, sweepIntervalMs: sweepMs } = deps.settings
      const isSweepDue = everyMs(deps.clock, sweepMs)
      const loop = new WakeableLoop({ name: 'scheduler', sweepMs, clock: deps.clock, log: deps.log }, async () => {
        const book = await deps.limited.takeUpPolicies()
        const [free, governed] = await Promise.all([
          deps.executions.claimForScheduling(batchSize, book.limitedActions),
          deps.limited.round(book, isSweepDue()),
        ])
        const scheduled = free.length + governed.scheduled
        if (scheduled > 0) await deps.bus.send(WAKE_ACTIONRUNNER, scheduled)
        const hasWorkflows = free.some(({ runner_name }) => isOrquestaRunner(runner_name))
        if (hasWorkflows || governed.scheduled > 0) deps.wakeWorkflows()
        return free.length === batchSize || governed.hasMore ? 'more' : 'idle'
      })
      const timers = new DelayTimers(deps, loop)
      const wakes = await deps.bus.consume(WAKE_SCHEDULER, { prefetch: 100, maxDeliveries: 3 }, async (message) => {
        const wake = message as SchedulerWake
        if (wake.id !== undefined && wake.delay > 0) await timers.showDelayed(wake.id, wake.delay)
        deps.limited.freed(wake.freed ?? [])
        if (wake.delay === 0) loop.wake()
      })
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

export interface SchedulerWake {
  /** The execution that was requested; absent: something else may have become possible. */
  readonly id?: string | undefined
  /** ms */
  readonly delay: number
  /** Queues of concurrency policies in which slots became free. */
  readonly freed?: readonly string[] | undefined
}

/** Answers true the first time, and again once so much time has passed. */
function everyMs(clock: Clock, ms: number): () => boolean {
  let next = clock.monotonic()
  return () => {
    const now = clock.monotonic()
    if (now < next) return false
    next = now + ms
    return true
  }
}

class DelayTimers {
  readonly #deps: SchedulerDeps
  readonly #loop: WakeableLoop

  constructor(deps: SchedulerDeps, loop: WakeableLoop) {
    this.#deps = deps
    this.#loop = loop
  }

  /** The delay itself is `due_at` in the document; the timer only saves the wait for the next sweep. */
  async showDelayed(id: string, delayMs: number): Promise<void> {
    await this.#deps.executions.change(id, (current) => (current.status === 'requested' ? { status: 'delayed' } : null))
    this.#deps.clock.after(delayMs, () => this.#loop.wake())
  }
}
