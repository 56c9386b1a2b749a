import {
  ConflictError,
  InvalidError,
  St2Error,
  type TraceContext,
  type Trigger,
  type TriggerInstance,
  type TriggerType,
} from '@st2/model'
import { InvalidSchemaError } from '@st2/schema'
import { repr } from '@st2/python-values'
import { timestampOf } from '../ports/timestamp.ts'
import type { TriggerDeps } from './trigger-deps.ts'
import { assertFits } from './trigger-parameters.ts'

/** Ref of a trigger or of a type without parameters; or a type and the parameters of one of its triggers. */
export type TriggerAddress =
  | string
  | { readonly type: string; readonly parameters?: Readonly<Record<string, unknown>> | undefined }

export interface TriggerEvent {
  readonly trigger: TriggerAddress
  readonly payload: Readonly<Record<string, unknown>>
  readonly traceContext?: TraceContext | undefined
  /** Made from what happened, so that an event that is stored again is stored once: `derivedId`. */
  readonly id?: string | undefined
  /** ms since epoch when it happened. Default: now. */
  readonly occurredAt?: number | undefined
}

export type DispatchDeps = Omit<TriggerDeps, 'webhooks' | 'sensorTypes'>

/**
 * Stores one occurrence of a trigger and wakes the rules engine. What is answered is durable.
 *
 * @throws InvalidError unknown trigger or type, or a payload that breaks the type's schema: nothing was stored
 * @source services.md 2.1, 2.6
 */
export async function dispatchTrigger(deps: DispatchDeps, event: TriggerEvent): Promise<TriggerInstance> {
  const trigger = await validTrigger(deps, event)
  const [instance] = await storeEvents(deps, [{ trigger, event }])
  if (instance === undefined) throw new InvalidError('no trigger instance was made')
  return instance
}

/**
 * Stores what the platform itself brings about, in one write: payloads are not validated, events whose trigger does not
 * exist are dropped, events that are stored already are left as they are. Answers what was to be stored.
 */
export async function dispatchTriggers(
  deps: DispatchDeps,
  events: readonly TriggerEvent[],
): Promise<readonly TriggerInstance[]> {
  const known: { trigger: Trigger; event: TriggerEvent }[] = []
  for (const event of events) {
    const trigger = await findAddressed(deps, event.trigger)
    if (trigger === null) deps.log.warn({ trigger: event.trigger }, 'an event was dropped: its trigger does not exist')
    else known.push({ trigger, event })
  }
  return storeEvents(deps, known)
}

/** As `dispatchTriggers`, for callers that have the trigger at hand. */
export async function storeEvents(
  deps: DispatchDeps,
  events: readonly { readonly trigger: Trigger; readonly event: Omit<TriggerEvent, 'trigger'> }[],
): Promise<readonly TriggerInstance[]> {
  if (events.length === 0) return []
  const instances = events.map(({ trigger, event }) => instanceOf(deps, trigger, event))
  await insertOnce(deps, instances)
  if (instances.some(({ due_at }) => due_at !== undefined)) deps.wakeRulesengine()
  return instances
}

/** @throws InvalidError when the payload breaks the schema of the trigger's type, and `[system] validate_trigger_payload` is on */
export async function refuseInvalidPayload(
  deps: DispatchDeps,
  trigger: Trigger,
  payload: Readonly<Record<string, unknown>>,
): Promise<void> {
  await validTrigger(deps, { trigger: trigger.ref, payload })
}

async function validTrigger(deps: DispatchDeps, event: TriggerEvent): Promise<Trigger> {
  const trigger = await findAddressed(deps, event.trigger)
  const typeRef = trigger?.type ?? (typeof event.trigger === 'string' ? event.trigger : event.trigger.type)
  const type = await deps.triggerTypes.findByRef(typeRef)
  const refused = refusal(deps, type, typeRef, event.payload)
  if (refused !== null) {
    deps.log.warn({ trigger: event.trigger, reason: refused }, 'payload of a trigger is not valid')
    if (deps.settings.validateTriggerPayload) throw refusedPayload(event, refused)
  }
  if (trigger !== null) return trigger
  throw refusedPayload(event, `Trigger with reference "${addressText(event.trigger)}" doesn't exist in the database`)
}

function refusal(
  deps: DispatchDeps,
  type: TriggerType | null,
  ref: string,
  payload: Readonly<Record<string, unknown>>,
): string | null {
  if (type === null) return `Trigger type with reference "${ref}" doesn't exist in the database`
  try {
    assertFits(type.payload_schema, payload)
    return null
  } catch (error) {
    if (error instanceof St2Error) return error.message
    if (!(error instanceof InvalidSchemaError)) throw error
    deps.log.warn({ err: error, trigger_type: ref }, 'the payload schema of a trigger type cannot be used')
    return error.message
  }
}

function refusedPayload({ trigger, payload }: TriggerEvent, reason: string): InvalidError {
  return new InvalidError(
    'Trigger payload validation failed and validation is enabled, not dispatching a trigger ' +
      `"${addressText(trigger)}" (${repr(payload)}): ${reason}`,
  )
}

function addressText(address: TriggerAddress): string {
  return typeof address === 'string' ? address : repr(address)
}

function findAddressed(deps: Pick<DispatchDeps, 'triggers'>, address: TriggerAddress): Promise<Trigger | null> {
  if (typeof address === 'string') return deps.triggers.findByRef(address)
  return deps.triggers.findByParameters(address.type, address.parameters ?? {})
}

function instanceOf(deps: DispatchDeps, trigger: Trigger, event: Omit<TriggerEvent, 'trigger'>): TriggerInstance {
  const now = deps.clock.now()
  const isPending = deps.mayMatch(trigger)
  return {
    id: event.id ?? deps.ids.next(),
    rev: 0,
    trigger: trigger.ref,
    occurrence_time: timestampOf(event.occurredAt ?? now),
    payload: event.payload,
    status: isPending ? 'pending' : 'processed',
    ...(event.traceContext === undefined ? {} : { trace_context: event.traceContext }),
    ...(isPending ? { due_at: now } : {}),
  }
}

/** An id that is there already was stored by an earlier try, or by a faster process. */
async function insertOnce(deps: DispatchDeps, instances: readonly TriggerInstance[]): Promise<void> {
  try {
    await deps.triggerInstances.insert(...instances)
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    if (instances.length === 1) return
    await Promise.all(instances.map((instance) => insertOnce(deps, [instance])))
  }
}
