import { InvalidError, type SensorType, UnavailableError } from '@st2/model'
import { repr } from '@st2/python-values'
import type { SensorEvent } from '../../ports/sensor-host.ts'
import { type DispatchDeps, dispatchTrigger, type TriggerAddress } from '../dispatch-trigger.ts'

/** ms between tries while the store cannot write: the sensor waits. */
const RETRY_MS = 1000

/**
 * Stores what a sensor saw. What cannot be is logged and dropped, as upstream has it: the sensor is not to fail for it.
 *
 * @source services.md 2.6, packs-and-runners.md 5.5
 */
export async function dispatchSensorEvent(
  deps: DispatchDeps,
  sensor: SensorType,
  event: SensorEvent,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      const trigger = addressOf(event.trigger)
      await dispatchTrigger(deps, { trigger, payload: payloadOf(event.payload), traceContext: event.trace_context })
      return
    } catch (error) {
      if (error instanceof InvalidError) {
        deps.log.warn({ sensor: sensor.ref, reason: error.message }, 'an event of a sensor was dropped')
        return
      }
      if (!(error instanceof UnavailableError) || signal.aborted) throw error
      deps.log.error({ err: error, sensor: sensor.ref }, 'an event of a sensor cannot be stored now; it is tried again')
      await new Promise<void>((resolve) => deps.clock.after(RETRY_MS, resolve))
    }
  }
}

/** A trigger as sensors get it in add_trigger has a ref; others give pack and name, or type and parameters. */
function addressOf(trigger: unknown): TriggerAddress {
  if (typeof trigger === 'string') return trigger
  if (isObject(trigger)) {
    const { ref, pack, name, type, parameters } = trigger
    if (typeof ref === 'string') return ref
    if (typeof pack === 'string' && typeof name === 'string') return `${pack}.${name}`
    if (typeof type === 'string') return { type, parameters: isObject(parameters) ? parameters : {} }
  }
  throw new InvalidError(`trigger: ${repr(trigger ?? null)} names no trigger`)
}

function payloadOf(payload: unknown): Record<string, unknown> {
  const given = payload ?? {}
  if (!isObject(given)) throw new InvalidError(`payload: ${repr(given)} is not of type 'object'`)
  return given
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
