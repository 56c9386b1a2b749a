import { InvalidError, type SensorType } from '@st2/model'
import { pause } from '../../ports/wait.ts'
import { runSensor, type SensorRunDeps } from './sensor-run.ts'

/** How often a failed sensor is started again. @source services.md 4 */
const MAX_RESPAWNS = 2
/** ms times the number of the attempt. */
const RESPAWN_DELAY_MS = 2500
/** ms of life after which earlier failures are forgotten. */
const GOOD_RUN_MS = 10_000

export interface SuperviseOptions {
  /** `single`: an exit is final, whatever its code. */
  readonly mode: 'respawn' | 'single'
}

/**
 * Keeps a sensor running until the signal aborts, or it ended for good: with code 0, or failing too often in a row.
 *
 * @returns the last exit code; null when it could not be started, or was stopped while it did not run
 */
export async function superviseSensor(
  deps: SensorRunDeps,
  sensor: SensorType,
  signal: AbortSignal,
  { mode }: SuperviseOptions,
): Promise<number | null> {
  let failures = 0
  while (!signal.aborted) {
    const startedAt = deps.clock.monotonic()
    const code = await tryRun(deps, sensor, signal)
    if (code === null || code === 0 || signal.aborted || mode === 'single') return code
    if (deps.clock.monotonic() - startedAt >= GOOD_RUN_MS) failures = 0
    failures += 1
    if (failures > MAX_RESPAWNS) {
      deps.log.error({ sensor: sensor.ref, failures }, 'sensor is given up: it failed too often')
      return code
    }
    await pause(deps.clock, RESPAWN_DELAY_MS * failures, signal)
  }
  return null
}

/** Null: it cannot be started, which does not change by itself. */
async function tryRun(deps: SensorRunDeps, sensor: SensorType, signal: AbortSignal): Promise<number | null> {
  try {
    return await runSensor(deps, sensor, signal)
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    deps.log.error({ sensor: sensor.ref, reason: error.message }, 'sensor cannot be started')
    return null
  }
}
