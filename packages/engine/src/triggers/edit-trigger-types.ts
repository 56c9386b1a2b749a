import { InvalidError, type TriggerType, type TriggerTypeRequest } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { refuseCorePack } from '../content/system-packs.ts'
import { findTriggerType } from './find-trigger.ts'
import { ensureShadowTrigger, triggerTypeOf } from './register-trigger-type.ts'
import type { TriggerDeps } from './trigger-deps.ts'

/**
 * Makes a trigger type; one without parameters also gets the trigger of the same name.
 *
 * @throws InvalidError, ConflictError
 * @source rest-api.md 9.7
 */
export async function createTriggerType(
  deps: TriggerDeps,
  principal: Principal,
  request: TriggerTypeRequest,
): Promise<TriggerType> {
  refuseNameless(request)
  const type = triggerTypeOf(request, deps.ids.next())
  await deps.triggerTypes.create(type)
  await ensureShadowTrigger(deps, type)
  deps.log.info({ user: principal.user, trigger_type: type.ref, id: type.id }, 'trigger type created')
  return type
}

/**
 * Replaces a trigger type; what the request leaves out is reset. The id stays, whatever the request says.
 *
 * @throws NotFoundError, InvalidError, ConflictError
 */
export async function updateTriggerType(
  deps: TriggerDeps,
  principal: Principal,
  refOrId: string,
  request: TriggerTypeRequest,
): Promise<TriggerType> {
  const known = await findTriggerType(deps.triggerTypes, refOrId)
  refuseCorePack(known.pack)
  refuseNameless(request)
  const type = triggerTypeOf(request, known.id)
  await deps.triggerTypes.save(type)
  await ensureShadowTrigger(deps, type)
  deps.log.info({ user: principal.user, trigger_type: type.ref, id: type.id }, 'trigger type updated')
  return type
}

/**
 * Removes a trigger type, and its shadow trigger.
 *
 * @throws NotFoundError, InvalidError
 */
export async function removeTriggerType(deps: TriggerDeps, principal: Principal, refOrId: string): Promise<void> {
  const type = await findTriggerType(deps.triggerTypes, refOrId)
  refuseCorePack(type.pack)
  await deps.triggerTypes.remove(type)
  const shadow = Object.keys(type.parameters_schema).length > 0 ? null : await deps.triggers.findByRef(type.ref)
  if (shadow !== null) await deps.triggers.remove(shadow)
  deps.log.info({ user: principal.user, trigger_type: type.ref, id: type.id }, 'trigger type deleted')
}

/** NOTE: upstream answers 500. */
export function refuseNameless(request: { readonly name?: unknown; readonly pack?: unknown }): void {
  for (const key of ['name', 'pack'] as const) {
    if (typeof request[key] !== 'string') throw new InvalidError(`'${key}' is a required property`)
  }
}
