import type { Coordinator } from '../ports/coordinator.ts'
import type { Timer } from '../ports/clock.ts'
import { aborted } from '../ports/wait.ts'
import { TimerTable, type TimerTableDeps } from '../triggers/timers/timer-table.ts'
import type { Service } from './service.ts'
import { WakeableLoop } from './wakeable-loop.ts'

/** ms between looks at the time, should a wake be lost. */
const SWEEP_MS = 1000
/** ms between readings of all timers, should a message about one be lost. */
const SYNCHRONISE_MS = 60_000

export interface TimersengineDeps extends TimerTableDeps {
  readonly coordinator: Coordinator
  /** `[timersengine] enable` */
  readonly isEnabled: boolean
}

/** Fires timers. Of several, one leads; the others stand by. @source services.md 3 */
export function timersengine(deps: TimersengineDeps): Service {
  return {
    name: 'timersengine',
    async start() {
      if (!deps.isEnabled) {
        deps.log.info({}, 'timers are off: [timersengine] enable')
        return { stop: () => Promise.resolve() }
      }
      const membership = await deps.coordinator.elect('timersengine', (signal) => lead(deps, signal))
      return { stop: () => membership.leave() }
    },
  }
}

async function lead(deps: TimersengineDeps, signal: AbortSignal): Promise<void> {
  const { clock, log } = deps
  const table = new TimerTable(deps)
  const alarm: { timer?: Timer } = {}
  let synchronisedAt: number | null = null
  const loop = new WakeableLoop({ name: 'timersengine', sweepMs: SWEEP_MS, clock, log }, async () => {
    if (synchronisedAt === null || clock.monotonic() - synchronisedAt >= SYNCHRONISE_MS) {
      await table.synchronise()
      synchronisedAt = clock.monotonic()
    }
    const outcome = await table.fireDue()
    alarm.timer?.cancel()
    const waitMs = (table.nextDueAt ?? Infinity) - clock.now()
    if (waitMs < SWEEP_MS) alarm.timer = clock.after(Math.max(0, waitMs), () => loop.wake())
    return outcome
  })
  const changes = await deps.triggers.onChange(
    ({ kind, document }) => {
      table.hear(kind, document)
      loop.wake()
    },
    () => {
      synchronisedAt = null
      loop.wake()
    },
  )
  loop.wake()
  await aborted(signal)
  await changes.stop()
  await loop.stop()
  alarm.timer?.cancel()
}
