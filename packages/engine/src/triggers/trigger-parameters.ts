import { InvalidError, type TriggerType } from '@st2/model'
import { inputValidator, SchemaValidationError } from '@st2/schema'
import { isSystemTriggerType, TIMER_TYPES } from './internal-trigger-types.ts'
import { scheduleOf } from './timers/timer-schedule.ts'

/**
 * Refuses parameters that do not fit the type. Those of timers and webhooks are always validated, and a timer must be
 * one that can be made; others where `[system] validate_trigger_parameters` says so.
 *
 * @throws InvalidError with upstream's text
 * @source services.md 2.6
 */
export function validateTriggerParameters(
  settings: { readonly validateTriggerParameters: boolean },
  type: TriggerType,
  parameters: Readonly<Record<string, unknown>>,
): void {
  const isSystem = isSystemTriggerType(type.ref)
  if (!isSystem && !settings.validateTriggerParameters) return
  assertFits(type.parameters_schema, parameters)
  // The local zone and today do not matter for whether it can be made.
  if (TIMER_TYPES.includes(type.ref)) scheduleOf(type.ref, parameters, { now: 0, localZone: 'UTC' })
}

/** @throws InvalidError with the validator's long text */
export function assertFits(schema: Record<string, unknown>, value: unknown): void {
  try {
    inputValidatorOf(schema)(value)
  } catch (error) {
    if (error instanceof SchemaValidationError) throw new InvalidError(error.failure.longText, { cause: error })
    throw error
  }
}

function inputValidatorOf(schema: Record<string, unknown>): (value: unknown) => unknown {
  const known = validators.get(schema)
  if (known !== undefined) return known
  const validator = inputValidator(schema)
  validators.set(schema, validator)
  return validator
}

const validators = new WeakMap<object, (value: unknown) => unknown>()
