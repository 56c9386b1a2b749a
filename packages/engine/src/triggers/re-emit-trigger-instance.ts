import { InvalidError, type TriggerInstance } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { dispatchTriggers } from './dispatch-trigger.ts'
import { findTriggerInstance } from './find-trigger.ts'
import type { TriggerDeps } from './trigger-deps.ts'

/**
 * Lets the same thing happen again: a new instance with the stored payload, which names the original.
 *
 * @throws NotFoundError; InvalidError when the trigger is gone
 * @source services.md 2.7
 */
export async function reEmitTriggerInstance(
  deps: TriggerDeps,
  principal: Principal,
  id: string,
): Promise<{ readonly original: TriggerInstance; readonly instance: TriggerInstance }> {
  const original = await findTriggerInstance(deps.triggerInstances, id)
  const payload = { ...original.payload, __context: { original_id: id } }
  // NOTE: not validated again, as upstream has it.
  const [instance] = await dispatchTriggers(deps, [{ trigger: original.trigger, payload }])
  if (instance === undefined) {
    throw new InvalidError(`Trigger with reference "${original.trigger}" doesn't exist in the database`)
  }
  deps.log.info({ user: principal.user, original: id, trigger_instance: instance.id }, 'trigger instance re-emitted')
  return { original, instance }
}
