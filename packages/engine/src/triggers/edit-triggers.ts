import { ConflictError, InvalidError, type Trigger, type TriggerRequest } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { refuseNameless } from './edit-trigger-types.ts'
import { findTrigger } from './find-trigger.ts'
import { namedIdentity } from './register-trigger-type.ts'
import type { TriggerDeps } from './trigger-deps.ts'
import { triggerIdentity, triggerUid } from './trigger-identity.ts'
import { validateTriggerParameters } from './trigger-parameters.ts'

/**
 * Makes a trigger; one of that name that is there already is answered as it is.
 * NOTE: its type need not exist, as upstream has it; parameters of a timer or webhook must make sense, unlike upstream.
 *
 * @throws InvalidError
 * @source rest-api.md 9.7
 */
export async function createTrigger(
  deps: TriggerDeps,
  principal: Principal,
  request: TriggerRequest,
): Promise<Trigger> {
  refuseNameless(request)
  const ref = `${request.pack}.${request.name}`
  const known = await deps.triggers.findByRef(ref)
  if (known !== null) return known
  const trigger = await definedTrigger(deps, request, { id: deps.ids.next(), rev: 0, ref_count: 0 })
  const created = await createOrMeet(deps, trigger)
  deps.log.info({ user: principal.user, trigger: ref, id: created.id }, 'trigger created')
  return created
}

/**
 * Replaces a trigger; what the request leaves out is reset. The id stays, whatever the request says.
 *
 * @throws NotFoundError, InvalidError, ConflictError
 */
export async function updateTrigger(
  deps: TriggerDeps,
  principal: Principal,
  id: string,
  request: TriggerRequest,
): Promise<Trigger> {
  refuseNameless(request)
  for (;;) {
    const known = await findTrigger(deps.triggers, id)
    const trigger = await definedTrigger(deps, request, known)
    const stored = await replaceOrName(deps, trigger)
    if (stored === null) continue
    deps.log.info({ user: principal.user, trigger: stored.ref, id }, 'trigger updated')
    return stored
  }
}

/** @throws NotFoundError */
export async function removeTrigger(deps: TriggerDeps, principal: Principal, id: string): Promise<void> {
  const trigger = await findTrigger(deps.triggers, id)
  await deps.triggers.remove(trigger)
  deps.log.info({ user: principal.user, trigger: trigger.ref, id }, 'trigger deleted')
}

async function definedTrigger(
  deps: TriggerDeps,
  request: TriggerRequest,
  { id, rev, ref_count }: Pick<Trigger, 'id' | 'rev' | 'ref_count'>,
): Promise<Trigger> {
  const { name, pack, type, parameters = {}, description } = request
  if (typeof type !== 'string') throw new InvalidError("'type' is a required property")
  const known = await deps.triggerTypes.findByRef(type)
  if (known !== null && Object.keys(parameters).length > 0) validateTriggerParameters(deps.settings, known, parameters)
  return {
    id,
    rev,
    uid: triggerUid(pack, name, parameters),
    ref: `${pack}.${name}`,
    name,
    pack,
    type,
    parameters,
    ...(typeof description === 'string' ? { description } : {}),
    ref_count,
    identity: triggerIdentity(type, parameters),
  }
}

async function createOrMeet(deps: TriggerDeps, trigger: Trigger): Promise<Trigger> {
  for (const identity of [trigger.identity, namedIdentity(trigger.identity, trigger.ref)]) {
    try {
      const created = { ...trigger, identity }
      await deps.triggers.create(created)
      return created
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      const other = await deps.triggers.findByRef(trigger.ref)
      if (other !== null) return other
    }
  }
  throw new ConflictError(
    `Tried to save duplicate unique keys (trigger: { ref: ${JSON.stringify(trigger.ref)} })`,
    null,
  )
}

/** Null: another writer was faster. */
async function replaceOrName(deps: TriggerDeps, trigger: Trigger): Promise<Trigger | null> {
  const first = await deps.triggers.findByParameters(trigger.type, trigger.parameters)
  const isFirst = first === null || first.id === trigger.id
  return deps.triggers.replace(
    isFirst ? trigger : { ...trigger, identity: namedIdentity(trigger.identity, trigger.ref) },
  )
}
