import { type Action, NotFoundError } from '@st2/model'
import type { ActionStore } from './action-store.ts'

/** @throws NotFoundError */
export async function findAction(actions: ActionStore, refOrId: string): Promise<Action> {
  const action = await actions.findByRefOrId(refOrId)
  if (action === null) throw new NotFoundError(`Resource with a reference or id "${refOrId}" not found`)
  return action
}
