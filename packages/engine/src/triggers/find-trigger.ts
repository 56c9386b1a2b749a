import { NotFoundError, type Trigger, type TriggerInstance, type TriggerType } from '@st2/model'
import type { TriggerInstanceStore } from './trigger-instance-store.ts'
import type { TriggerStore } from './trigger-store.ts'
import type { TriggerTypeStore } from './trigger-type-store.ts'

/** @throws NotFoundError */
export async function findTriggerType(triggerTypes: TriggerTypeStore, refOrId: string): Promise<TriggerType> {
  const type = await triggerTypes.findByRefOrId(refOrId)
  if (type === null) throw new NotFoundError(`Resource with a reference or id "${refOrId}" not found`)
  return type
}

/** By id only. NOTE: upstream's text for it says nothing. @throws NotFoundError */
export async function findTrigger(triggers: TriggerStore, id: string): Promise<Trigger> {
  const trigger = await triggers.findById(id)
  if (trigger === null) throw new NotFoundError(`Unable to identify resource with id "${id}".`)
  return trigger
}

/** @throws NotFoundError */
export async function findTriggerInstance(instances: TriggerInstanceStore, id: string): Promise<TriggerInstance> {
  const instance = await instances.get(id)
  if (instance === null) throw new NotFoundError(`Unable to identify resource with id "${id}".`)
  return instance
}
