import { randomUUID } from 'node:crypto'
import { ConflictError, type Trigger, type TriggerType } from '@st2/model'
import type { TriggerDeps } from './trigger-deps.ts'
import { triggerIdentity, triggerUid } from './trigger-identity.ts'

export type AcquireDeps = Pick<TriggerDeps, 'triggers' | 'ids' | 'log'>

/**
 * The trigger of that type with these parameters, made when there is none; counts one reference. Without parameters it is
 * the type's shadow, which is not counted; null when there is none.
 *
 * @source services.md 2.6
 */
export async function acquireTrigger(
  deps: AcquireDeps,
  type: TriggerType,
  parameters: Readonly<Record<string, unknown>>,
): Promise<Trigger | null> {
  if (!hasParameters(parameters)) return deps.triggers.findByParameters(type.ref, parameters)
  for (;;) {
    const known = await deps.triggers.findByParameters(type.ref, parameters)
    const acquired = known === null ? await create(deps, type, parameters) : await count(deps, known, 1)
    if (acquired !== null) return acquired
  }
}

/** Gives a reference back; the trigger goes with its last one. Nothing happens when it is gone already. */
export async function releaseTrigger(deps: AcquireDeps, ref: string): Promise<void> {
  for (;;) {
    const trigger = await deps.triggers.findByRef(ref)
    if (trigger === null || !hasParameters(trigger.parameters)) return
    if (trigger.ref_count > 1) {
      if ((await count(deps, trigger, -1)) !== null) return
    } else if (await deps.triggers.removeUnchanged(trigger)) {
      deps.log.info({ trigger: ref, type: trigger.type }, 'trigger removed: no rule refers to it')
      return
    }
  }
}

/** Null: somebody else made it meanwhile. */
async function create(
  deps: AcquireDeps,
  type: TriggerType,
  parameters: Readonly<Record<string, unknown>>,
): Promise<Trigger | null> {
  const name = randomUUID()
  const trigger: Trigger = {
    id: deps.ids.next(),
    rev: 0,
    uid: triggerUid(type.pack, name, parameters),
    ref: `${type.pack}.${name}`,
    name,
    pack: type.pack,
    type: type.ref,
    parameters,
    ref_count: 1,
    identity: triggerIdentity(type.ref, parameters),
  }
  try {
    await deps.triggers.create(trigger)
    return trigger
  } catch (error) {
    if (error instanceof ConflictError) return null
    throw error
  }
}

function count(deps: AcquireDeps, trigger: Trigger, change: 1 | -1): Promise<Trigger | null> {
  return deps.triggers.count(trigger, trigger.ref_count + change)
}

function hasParameters(parameters: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(parameters).length > 0
}
